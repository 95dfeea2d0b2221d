"""Where everything is kept: one database, one folder of blobs. Statements live in repositories."""
