"""What is known and kept: records, readers, lexicons, forms, samples and the store."""
