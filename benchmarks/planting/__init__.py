"""Archives in which findings between reports are planted, and how what is found is scored."""
