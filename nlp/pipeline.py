"""Text to `Report`: the spaCy pipeline in a row, and the one place where a `Doc` becomes records."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ..data.records import Report, SourceText
from . import tokenizer as _tokenizer  # noqa: F401  (registers the tokenizer)
from .checks import check_report
from .components import KINDS, PIPELINE
from .given import Given
from .version import VERSION

__all__ = ["MAX_LENGTH", "VERSION", "extract", "extract_many", "load", "make_doc", "report_id", "report_of"]

# Characters of one text; the longest reports hold about 100,000. Readers refuse far smaller files than this.
MAX_LENGTH = 50_000_000
# Texts between which spaCy keeps its new words: few enough to bound the memory of a long run, enough that
# common words are not entered anew for every text.
_ZONE = 64


def report_id(text: str) -> str:
    """The key of a text: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@cache
def load() -> Language:
    """The spaCy pipeline; components of your own can be added with `load().add_pipe(…)`."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "nianbao.words.v1"}}})
    nlp.max_length = MAX_LENGTH
    for name in PIPELINE:
        nlp.add_pipe(name)
    return nlp


def extract(source: SourceText | str, given: Given | None = None) -> Report:
    """The report in a source text, or in a bare string, with every fact found in it."""
    nlp = load()
    return report_of(nlp(make_doc(nlp, source, given or Given())))


def extract_many(sources: Iterable[tuple[SourceText | str, Given | None]]) -> Iterator[Report]:
    """A report for each source text, in order, as they come."""
    nlp = load()
    pending = iter(sources)
    while batch := list(islice(pending, 1)):
        with nlp.memory_zone():
            for source, given in chain(batch, islice(pending, _ZONE - 1)):
                yield report_of(nlp(make_doc(nlp, source, given or Given())))


def make_doc(nlp: Language, source: SourceText | str, given: Given) -> Doc:
    """The source text as a `Doc`, with what is known of it, before any component has run.

    It has tokens only where `nlp` has components other than ours: those read the text alone.
    """
    if isinstance(source, str):
        source = SourceText(text=source, format="text")
    doc = _doc(nlp, source.text)
    doc._.given = Given(
        path=given.path,
        title=given.title or source.title,
        org=given.org,
        year=given.year,
        genre=given.genre,
        section=given.section,
        fields={**source.fields, **given.fields},
        grids=source.grids or given.grids,
    )
    return doc


def _doc(nlp: Language, text: str) -> Doc:
    if len(text) > nlp.max_length or tuple(nlp.pipe_names) != PIPELINE:
        return nlp.make_doc(text)
    # Cutting words and entering them in spaCy's vocabulary took a quarter of the whole run.
    doc = Doc(nlp.vocab)
    doc.user_data["text"] = text
    return doc


def report_of(doc: Doc) -> Report:
    """The records of a `Doc` on which every component has run."""
    masthead = doc._.masthead
    text: str = doc._.reading.text
    report = Report(
        id=report_id(text),
        text=text,
        genre=doc._.genre,
        title=masthead.title,
        org=masthead.org,
        level=masthead.level,
        region=masthead.region,
        year=masthead.year,
        published=masthead.published,
        period=doc._.period,
        index_number=masthead.index_number,
        document_number=masthead.document_number,
        form=doc._.form,
        tables=doc._.tables,
        **{kind: getattr(doc._, kind) for kind in KINDS},
    )
    return msgspec.structs.replace(report, checks=check_report(report, doc._.reading))
