"""Each extractor as a spaCy component: `Doc` in, `Doc` out, facts in `doc._.<kind>` and `doc.spans[<kind>]`.

`doc._.dates[i]` is the exact record, `doc.spans["dates"][i]` the tokens that cover it. A component says what
it needs and gives (`requires`, `assigns`), so `nlp.analyze_pipes()` proves the order, and a component of
somebody else's may stand between ours.
"""

from collections.abc import Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from ..data.forms import load_forms
from ..data.records import Date, Fact
from .citations import find_citations
from .counts import find_counts
from .dates import find_dates
from .forms import find_form
from .given import Given
from .labels import label_statements
from .masthead import read_masthead
from .organisations import find_organisations
from .people import find_people
from .period import find_period
from .reading import Reading
from .sections import find_sections
from .statements import cut_statements
from .tables import find_tables
from .tabular import table_regions
from .zeros import find_zeros

KINDS = ("sections", "statements", "dates", "counts", "zeros", "citations", "organisations", "people")

Doc.set_extension("given", default=Given(), force=True)
for _name in ("reading", "masthead", "genre", "form", "period"):
    Doc.set_extension(_name, default=None, force=True)
for _name in (*KINDS, "table_regions", "tables"):
    Doc.set_extension(_name, default=(), force=True)


def _put(doc: Doc, kind: str, facts: Sequence[Fact], labels: Iterable[str] | None = None) -> Doc:
    """Facts as records in `doc._` and as the tokens that cover them, where there are any, in `doc.spans`."""
    setattr(doc._, kind, tuple(facts))
    named = zip(facts, labels or (kind for _ in facts), strict=False) if len(doc) else ()
    spans = (
        doc.char_span(fact.start, max(fact.end, fact.start + 1), label=name, alignment_mode="expand")
        for fact, name in named
    )
    doc.spans[kind] = SpanGroup(doc, name=kind, spans=[span for span in spans if span is not None])
    return doc


def _masked(doc: Doc, *kinds: str) -> list[tuple[int, int]]:
    """View spans that later extractors must leave alone: the tables and the facts of `kinds`."""
    reading: Reading = doc._.reading
    facts = (fact for kind in kinds for fact in getattr(doc._, kind))
    spans = [(reading.locate(fact.start), reading.locate(fact.end)) for fact in facts]
    return sorted([*spans, *doc._.table_regions])


@Language.component("nianbao_reading", assigns=["doc._.reading", "doc._.table_regions"])
def reading(doc: Doc) -> Doc:
    """The text as it reads, and where its tables stand."""
    doc._.reading = Reading(doc.user_data.get("text") or doc.text)
    doc._.table_regions = table_regions(doc._.reading)
    return doc


@Language.component(
    "nianbao_masthead",
    requires=["doc._.reading"],
    assigns=["doc._.masthead", "doc._.genre", "doc._.form"],
)
def masthead(doc: Doc) -> Doc:
    """Who reports on which year, and by which form."""
    given: Given = doc._.given
    doc._.masthead = read_masthead(
        doc._.reading,
        title_hint=given.title,
        fields=given.fields,
        path=given.path,
        org=given.org,
        year=given.year,
        genre=given.genre,
    )
    doc._.genre = doc._.masthead.genre
    doc._.form = find_form(doc._.reading)
    return doc


@Language.component(
    "nianbao_tables", requires=["doc._.reading", "doc._.masthead", "doc._.form"], assigns=["doc._.tables"]
)
def tables(doc: Doc) -> Doc:
    """The official tables, cell by cell; the year's form decides where nothing else does."""
    year: int | None = doc._.masthead.year
    due = (form.id for form in load_forms().values() if year is not None and form.due_in(year))
    doc._.tables = find_tables(doc._.reading, doc._.given.grids, doc._.form or next(due, None))
    return doc


@Language.component(
    "nianbao_sections", requires=["doc._.reading", "doc._.genre"], assigns=["doc._.sections", "doc.spans"]
)
def sections(doc: Doc) -> Doc:
    """The official outline, as far as the text shows it."""
    found = find_sections(doc._.reading, doc._.genre)
    return _put(doc, "sections", found, (section.kind for section in found))


@Language.component("nianbao_citations", requires=["doc._.reading"], assigns=["doc._.citations", "doc.spans"])
def citations(doc: Doc) -> Doc:
    """Documents cited."""
    return _put(doc, "citations", find_citations(doc._.reading))


@Language.component(
    "nianbao_dates",
    requires=["doc._.reading", "doc._.masthead", "doc._.citations"],
    assigns=["doc._.dates", "doc._.period", "doc.spans"],
)
def dates(doc: Doc) -> Doc:
    """Dates, ranges and durations, and which of them is the period of the data."""
    found: tuple[Date, ...] = find_dates(
        doc._.reading,
        year=doc._.masthead.year,
        genre=doc._.genre,
        masked=_masked(doc, "citations"),
    )
    doc._.period = find_period(doc._.reading, found)
    return _put(doc, "dates", found, (date.kind for date in found))


@Language.component(
    "nianbao_counts",
    requires=["doc._.reading", "doc._.dates", "doc._.citations"],
    assigns=["doc._.counts", "doc.spans"],
)
def counts(doc: Doc) -> Doc:
    """Counted quantities."""
    return _put(doc, "counts", find_counts(doc._.reading, masked=_masked(doc, "citations", "dates")))


@Language.component("nianbao_zeros", requires=["doc._.reading"], assigns=["doc._.zeros", "doc.spans"])
def zeros(doc: Doc) -> Doc:
    """Statements that nothing was counted."""
    return _put(doc, "zeros", find_zeros(doc._.reading, masked=_masked(doc)))


@Language.component(
    "nianbao_statements",
    requires=["doc._.reading", "doc._.sections", "doc._.genre"],
    assigns=["doc._.statements", "doc.spans"],
)
def statements(doc: Doc) -> Doc:
    """The text cut into statements, each labelled by the classifier."""
    cuts = cut_statements(doc._.reading, doc._.sections)
    found = label_statements(doc._.reading, cuts, doc._.genre, doc._.given.section)
    return _put(doc, "statements", found, (statement.label for statement in found))


@Language.component(
    "nianbao_mentions",
    requires=["doc._.reading"],
    assigns=["doc._.organisations", "doc._.people", "doc.spans"],
)
def mentions(doc: Doc) -> Doc:
    """Bodies named, and people named with their titles."""
    _put(doc, "organisations", find_organisations(doc._.reading))
    return _put(doc, "people", find_people(doc._.reading))


PIPELINE = (
    "nianbao_reading",
    "nianbao_masthead",
    "nianbao_tables",
    "nianbao_sections",
    "nianbao_citations",
    "nianbao_dates",
    "nianbao_counts",
    "nianbao_zeros",
    "nianbao_statements",
    "nianbao_mentions",
)
