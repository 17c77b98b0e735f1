"""What the fuzzing benchmarks are made of: pieces of the language, hostile texts, the parsers as targets."""
