"""What became of a plan: link it to the statements of the body's following report that answer it."""

from .model import Judgement, Link, PromiseModel
from .texts import Said

__all__ = ["Judgement", "Link", "PromiseModel", "Said"]
