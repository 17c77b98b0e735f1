"""Databases of any size, and how long searches in them take."""
