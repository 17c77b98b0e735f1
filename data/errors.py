"""Every error that nianbao raises on purpose.

    NianbaoError
    ├── InputError          a file or text that cannot be read
    │   ├── UnreadableFile      missing, no permission, not a regular file
    │   ├── UnknownFormat       binary, or of a kind no reader takes
    │   ├── BrokenFile          of a known kind, but damaged
    │   ├── EncryptedFile       needs a password
    │   ├── EmptyText           opened, but holds no text
    │   │   └── AttachmentOnly      a page that only leads to a document
    │   ├── LimitExceeded       takes more than a limit allows: size, time, memory, pages, nesting
    │   ├── ToolMissing         needs a program or an extra that is not installed
    │   ├── ChangedFile         changed while it was read
    │   ├── LostWorker          the process that read it died
    │   └── Defect              it brought a fault of nianbao itself to light
    ├── RecordError         a line of JSON Lines that is no record
    ├── QueryError          a search that cannot be carried out
    ├── NotFound            a report, table or file that does not exist
    ├── DatabaseError       a database that cannot be opened, read or written
    ├── OutputError         a file that cannot be written
    ├── DataSetError        a folder of partitions that cannot be written or read
    ├── SchedulerError      machines that cannot be reached, or do not do what they are asked
    └── ResourceError       a lexicon, form, model or training file that is invalid

A message names the file or value, says what is wrong with it and what to do. `exit_code` is what the
command line ends with: 1 where some inputs failed, 2 where the request itself cannot be met.
"""


class NianbaoError(Exception):
    """Base of all errors raised on purpose; `str(error)` is fit for the user."""

    exit_code = 2


class InputError(NianbaoError):
    """A file or text that cannot be read."""

    exit_code = 1


class UnreadableFile(InputError):
    """The file is missing, may not be opened, or is no regular file."""


class UnknownFormat(InputError):
    """No reader takes this kind of file."""


class BrokenFile(InputError):
    """The file is of a known kind but damaged."""


class EncryptedFile(InputError):
    """The file needs a password."""


class EmptyText(InputError):
    """The file was opened but holds no text."""


class AttachmentOnly(EmptyText):
    """The page holds no report, only links to the document that does; the message names it."""


class LimitExceeded(InputError):
    """Reading the file takes more than a limit allows; the message names the limit and its option."""


class ToolMissing(InputError):
    """Reading the file needs a program or an optional extra that is not installed."""


class ChangedFile(InputError):
    """The file changed while it was read."""


class LostWorker(InputError):
    """The process that read the file died."""


class Defect(InputError):
    """Reading the file brought a fault of nianbao itself to light."""


class RecordError(NianbaoError):
    """A line of JSON Lines is not a record."""

    exit_code = 1


class QueryError(NianbaoError):
    """A search cannot be carried out as written."""


class NotFound(NianbaoError):
    """A named report, table or file does not exist."""


class DatabaseError(NianbaoError):
    """A database cannot be opened, read or written."""


class OutputError(NianbaoError):
    """A file cannot be written: it is there already, or the disk does not take it."""


class DataSetError(NianbaoError):
    """A folder of partitions cannot be written or read."""


class SchedulerError(NianbaoError):
    """A scheduler cannot be reached, or its workers cannot do what they are asked."""


class ResourceError(NianbaoError):
    """A lexicon, form, model or training file of the package is invalid."""
