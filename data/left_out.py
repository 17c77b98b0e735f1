"""Which files of an archive are no reports, by their names alone."""

from pathlib import PurePath

# Companions of saved pages and of version control, and notes about a folder: no reports.
_COMPANIONS = frozenset({".css", ".js", ".map", ".ico", ".woff", ".woff2", ".ttf", ".eot", ".svg"})
_DATABASES = frozenset({".db", ".db-wal", ".db-shm", ".db-journal", ".sqlite"})
_NOTES = ("readme", "license", "changelog", "thumbs.db", "desktop.ini")
# What macOS packs beside every file, and what Word leaves beside a file that is open.
_FOLDERS = frozenset({"__macosx"})
_LOCKS = "~$"


def is_left_out(path: PurePath) -> bool:
    """Whether a file found at `path` inside a folder or archive is passed over without a word.

    Hidden files and folders, notes (README, LICENSE …), companions of saved pages (styles, scripts, fonts),
    databases, what macOS and Windows keep about a folder. A file that the user names is never left out.
    """
    name, suffix = path.name.lower(), path.suffix.lower()
    hidden = any(part.startswith(".") and part != ".." for part in path.parts)
    kept_by_system = name.startswith(_LOCKS) or any(part.lower() in _FOLDERS for part in path.parts)
    return hidden or kept_by_system or name.startswith(_NOTES) or suffix in _COMPANIONS | _DATABASES
