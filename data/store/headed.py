"""The order of very many hits: first where a heading, the title or the body names a word, then the newest."""

from collections.abc import Iterable

from sqlite_utils import Database

from .plan import Plan

# What stands in the headings of more reports than these tells nothing; each takes some 10 µs.
_HEADED_MAX = 500
_COLUMNS = "{title_words org_words heading_words}"


def headed_first(
    db: Database,
    plan: Plan,
    keys: list[int] | None,
    words: Iterable[str],
    total: int,
    limit: int,
    offset: int,
) -> list[int]:
    """The keys of `limit` rows from `offset` on; `keys` are all found, the newest first, None if unknown."""
    first = _headed(db, plan, keys, words) if plan.scope == "reports" else []
    page = first[offset : offset + limit]
    missing, beyond = limit - len(page), max(0, offset - len(first))
    if not missing:
        return page
    if keys is None:
        few = plan.few_newest(db, total, missing, beyond, first)
        if few is not None:
            return page + few
        keys = plan.newest(db)
    known = set(first)
    return page + [key for key in keys if key not in known][beyond : beyond + missing]


def _headed(db: Database, plan: Plan, keys: list[int] | None, words: Iterable[str]) -> list[int]:
    """The reports found whose headings, title or body's name hold any of the words, unless they are many."""
    expression = " OR ".join(filter(None, map(_as_tokens, words)))
    if not expression:
        return []
    sql = (
        "with named as materialized "
        f"(select rowid as number from report_words where report_words match :words limit {_HEADED_MAX + 1}) "
        "select number from named join reports r using (number) order by r.year desc, r.id"
    )
    found = [row[0] for row in db.execute(sql, {"words": f"{_COLUMNS}: ({expression})"})]
    if len(found) > _HEADED_MAX:
        return []
    if keys is None:
        return plan.held_among(db, found)
    known = set(keys)
    return [number for number in found if number in known]


def _as_tokens(word: str) -> str:
    """A word as one token or two neighbouring ones, however it was cut."""
    if not word.isalnum():
        return ""
    halves = (f'"{word[:at]} {word[at:]}"' for at in range(1, len(word)))
    return " OR ".join([f'"{word}"', *halves])
