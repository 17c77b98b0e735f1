"""The version of what is found in a text."""

# Changes whenever the same text may give other facts: reports read by another one are read again.
VERSION = "2026.2"
