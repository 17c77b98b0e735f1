"""spaCy's tokenizer over jieba's words: a `Doc` whose text is the input, to the character."""

from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from ..data.words import cut, whole_characters


class WordTokenizer:
    """Cuts a text into jieba words; blanks are tokens of their own, so `doc.text == text`."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a `Doc`."""
        # Neither the dictionary nor spaCy takes half a surrogate pair; the reading has the text itself.
        words = cut(whole_characters(text))
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        # `doc.text` joins the tokens anew each time it is asked for: a quarter of the whole run.
        doc.user_data["text"] = text
        return doc

    def to_bytes(self, **_: object) -> bytes:
        """Nothing: the dictionary is jieba's."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> "WordTokenizer":
        """Itself: there is nothing to restore."""
        return self

    def to_disk(self, _path: str | Path, **_: Iterable[str]) -> None:
        """Write nothing: the dictionary is jieba's."""

    def from_disk(self, _path: str | Path, **_: Iterable[str]) -> "WordTokenizer":
        """Itself: there is nothing to restore."""
        return self


def word_tokenizer() -> Callable[[Language], WordTokenizer]:
    """A maker of `WordTokenizer`, as spaCy's config wants it."""
    return lambda nlp: WordTokenizer(nlp.vocab)


registry.tokenizers("nianbao.words.v1", func=word_tokenizer)
