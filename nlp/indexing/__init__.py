"""An archive of files into the database: read by several processes, written by one.

Whatever happens to a run, what it had written is whole, and the next run ends where it would have ended.
"""

from .outcome import Outcome, Progress, Settings, Watcher
from .run import index_files, reindex

__all__ = ["Outcome", "Progress", "Settings", "Watcher", "index_files", "reindex"]
