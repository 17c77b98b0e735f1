"""An archive for programs: search, reports, facts, tables and exports of a database as Python objects.

    with nianbao.open("年报.db") as archive:
        for hit in archive.search("更新速度", in_="statements"): …
        archive.panel(region="浙江").to_pandas()

Everything found is a `Listing`: a sequence that reads from the database only what is looked at. Nothing of
the extraction is imported before `index` or `reindex` is called, and no frame library before `to_…` is.
"""

from .archive import Archive, open_archive
from .listing import Listing, Records, Results, Rows

__all__ = ["Archive", "Listing", "Records", "Results", "Rows", "open_archive"]
