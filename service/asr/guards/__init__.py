"""One file per way in which an engine invents text; what a guard removes is reported, never silent."""
