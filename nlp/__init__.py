"""Text in, facts out: one kind of fact a module, and the pipeline that puts them in a row."""
