"""Word lists to candidates: schema, loading with file:line:column errors, compile, match."""
