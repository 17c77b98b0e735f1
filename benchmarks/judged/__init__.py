"""Queries with graded judgements over a small archive of invented reports."""
