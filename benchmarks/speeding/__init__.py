"""Speed: of the extraction, of its stages, of other systems, of indexing."""
