"""Which of the two genres a text is: a report on information disclosure or a government work report."""

import re
from functools import cache

from ..data.records import Genre
from ..data.vocabulary import alternation, weights
from .reading import Reading

# The opening decides; later parts of a work report repeat its words and of a disclosure report its tables.
_LOOKED_AT = 6000
# Below this sum the text is taken for a disclosure report, of which there are a hundred to one.
_WORK_MIN = 2.0
# Only governments deliver work reports: what the body's name adds to the sum.
_GOVERNMENT = 1.0
_DEPARTMENT = -8.0
_GOVERNMENT_NAME = re.compile(r"(?:省|自治区|市|州|盟|县|区|旗|乡|镇|街道)(?:人民)?(?:政府)?$")


@cache
def _terms() -> re.Pattern[str]:
    return re.compile(alternation(tuple(weights("genre_terms"))))


def find_genre(text: Reading | str, org: str | None = None) -> Genre:
    """`work` where the words of a work report outweigh those of a disclosure report, else `disclosure`.

    Works on a whole report and on a passage of a few sentences; `org` is the reporting body where known
    (a bureau delivers no work report). Weights stand in `data/lexicon/genre_terms.tsv`.
    """
    view = text.view if isinstance(text, Reading) else text
    values = weights("genre_terms")
    score = sum(values[term] for term in dict.fromkeys(_terms().findall(view, 0, _LOOKED_AT)))
    if org:
        score += _GOVERNMENT if _GOVERNMENT_NAME.search(org.strip()) else _DEPARTMENT
    return "work" if score >= _WORK_MIN else "disclosure"
