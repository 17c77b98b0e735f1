"""What was learnt: training, loading and applying the statement classifiers."""
