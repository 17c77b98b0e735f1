"""Faults made on purpose while an archive is indexed, and what the database holds afterwards."""
