"""What is said of a fact beside its quotation: value, date, unit, bound, item, label and certainty."""

from ...data.records import Cell, Citation, Count, Date, Fact, Person, Statement, Zero
from ...data.store.cell_names import cell_label
from ...data.store.passage_facts import PassageFact
from ...data.terms import english_term, term
from .languages import Language


def named(language: Language, kind: str, code: str | None) -> str:
    """What a code is called in a language."""
    return term(kind, code) if language.code == "zh" else english_term(kind, code or "")


def statement_told(statement: Statement, language: Language) -> str:
    """The label of a statement, its category, how sure the label is, and a ? where a person should look."""
    words = [named(language, "label", statement.label) + ("?" if statement.uncertain else "")]
    if statement.category:
        words.append(named(language, "category", statement.category))
    words.append(f"{statement.confidence:.0%}")
    return " · ".join(words)


def fact_told(fact: Fact, language: Language) -> str:
    """What a date, count, zero, citation, body or person comes to."""
    match fact:
        case Date():
            words = ["date", fact.edtf or fact.value or ""]
        case Count():
            words = ["count", _number(fact, language), fact.item or ""]
        case Zero():
            words = ["zero", "0", fact.item or ""]
        case Citation():
            words = ["citation", fact.title or "", fact.number or ""]
        case Person():
            words = ["person", fact.name, fact.title]
        case _:
            words = ["organisation"]
    return " · ".join([named(language, "fact", words[0]), *filter(None, words[1:])])


def passage_told(fact: PassageFact, language: Language) -> str:
    """What a fact in the passage of a hit comes to, in few words."""
    match fact.kind:
        case "dates":
            # A duration (P97D) is plainer as it is written.
            return fact.text if fact.value is None or str(fact.value).startswith("P") else str(fact.value)
        case "citations":
            return fact.title or fact.number or fact.text
        case _:
            bound = named(language, "figure_bound", fact.bound) if fact.bound not in (None, "exact") else ""
            value = f"{fact.value:,}" if isinstance(fact.value, int | float) else str(fact.value)
            return " ".join(filter(None, (fact.item, bound, value, fact.unit)))


def cell_told(table: str, code: str, cell: Cell, language: Language) -> str:
    """What a cell of an official table is called, and its number or why it has none."""
    value = named(language, "cell_state", cell.state) if cell.value is None else f"{cell.value:,}"
    return f"{cell_label(table, code)} · {value}"


def _number(count: Count, language: Language) -> str:
    bound = named(language, "figure_bound", count.bound) if count.bound != "exact" else ""
    return " ".join(filter(None, (bound, f"{count.value:,}", count.unit)))
