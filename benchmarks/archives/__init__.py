"""Archives of invented reports: what they say, how they are written to files, and how files are broken."""
