"""Records to rows and back: the one place that writes SQL."""
