"""File to text and grids: one format a module."""
