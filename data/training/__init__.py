"""Labelled passages that the statement classifier learns from, with their validating reader."""

from .passages import Passage, Sentence, fingerprint, read_passages

__all__ = ["Passage", "Sentence", "fingerprint", "read_passages"]
