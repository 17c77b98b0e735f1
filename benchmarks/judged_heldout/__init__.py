"""A second archive with judged queries, on which nothing is ever tuned."""
