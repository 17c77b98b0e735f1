"""What goes into the full-text tables, as views of SQLite's own making.

So they are external-content tables (SQLite, FTS5 4.4.3): stock tools can prove them with `integrity-check`
and make them anew with `rebuild`, without nianbao. Reports go in much faster by `readings.put`, which
computes the same values; `tests/data/test_store_rebuild.py` holds both against each other.
"""

from sqlite_utils import Database

# Pairs of UTF-16 units in hexadecimal, as `bigrams.bigrams` makes them: a character beyond the first plane is
# two units.
_PAIRS = """(
  with recursive signs(rest, this, next) as (
    select key, unicode(key), unicode(substr(key, 2, 1)) from (select {key} || char(10) as key)
    union all
    select substr(rest, 2), next, unicode(substr(rest, 3, 1)) from signs where next is not null
  )
  select group_concat(
    case when this < 65536 then printf('%04x', this)
    else printf('%04x%04x %04x', 55296 + ((this - 65536) >> 10), 56320 + ((this - 65536) & 1023),
                56320 + ((this - 65536) & 1023)) end
    || printf('%04x', case when next < 65536 then next else 55296 + ((next - 65536) >> 10) end), ' ')
  from signs where next is not null
)"""
_KEY = "lower(replace(d.words, char(31), ''))"
_STATEMENT_KEY = f"substr({_KEY}, p.first + 1, p.last - p.first)"

_ROWS = {
    "report_bigrams_rows": f"""
select r.number as id, {_PAIRS.format(key=_KEY)} as bigrams
from reports r join readings d on d.report_id = r.id
""",
    "statement_bigrams_rows": f"""
select s.id, {_PAIRS.format(key=_STATEMENT_KEY)} as bigrams
from statements s join statement_places p on p.id = s.id join readings d on d.report_id = s.report_id
""",
    "report_words_rows": """
select r.number as id, d.title_words, d.org_words, d.heading_words, d.words
from reports r join readings d on d.report_id = r.id
""",
}
_TABLES = {
    # The tokens are hexadecimal digits, so the ASCII tokenizer does, a quarter faster than unicode61.
    "report_bigrams": "bigrams, tokenize='ascii'",
    "statement_bigrams": "bigrams, tokenize='ascii'",
    "report_words": "title_words, org_words, heading_words, words",
}


def create_index_tables(db: Database) -> None:
    """Create the full-text tables, empty, in place of any there are, with the views of what they hold."""
    for name, columns in _TABLES.items():
        rows = f"{name}_rows"
        db.execute(f"drop table if exists {name}")
        db.execute(f"drop view if exists {rows}")
        db.execute(f"create view {rows} as {_ROWS[rows]}")
        db.execute(f"create virtual table {name} using fts5({columns}, content='{rows}', content_rowid='id')")
