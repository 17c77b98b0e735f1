"""sqlite-utils without numpy and pandas.

It imports both, where they are installed, to take their numbers as values: 0.2 s of every command that opens
a database, for types that no row of ours has.
"""

import sys

_UNUSED = ("numpy", "pandas")

_hidden = [name for name in _UNUSED if name not in sys.modules]
# An import of a module whose entry is None raises ImportError, which sqlite-utils takes for "not installed".
sys.modules.update(dict.fromkeys(_hidden))  # type: ignore[arg-type]
try:
    from sqlite_utils import Database
finally:
    for name in _hidden:
        del sys.modules[name]

__all__ = ["Database"]
