"""Which repeats are set phrases that everybody uses, told by how many bodies do, not by their words."""

# In a planted archive of 7,500 reports, where 8 % of the bodies and more use set phrases and at most a dozen
# of 1,645 share a copy, every share from 0.01 to 0.07 parts them (`benchmarks/planted.py --shares`); in 16
# real reports what five and more bodies say (31 %) are goals and formulas of the year.
SET_PHRASE_SHARE = 0.05
SET_PHRASE_BODIES = 5
# In a small archive a twentieth is one body: there, what half of them say, and no fewer than three.
SMALL_ARCHIVE_SHARE = 0.5
SMALL_ARCHIVE_BODIES = 3


def is_set_phrase(bodies: int, archive: int) -> bool:
    """Whether what so many bodies say, of so many in the archive, is a phrase that everybody uses."""
    if bodies >= max(SMALL_ARCHIVE_BODIES, SMALL_ARCHIVE_SHARE * archive):
        return True
    return bodies >= max(SET_PHRASE_BODIES, SET_PHRASE_SHARE * archive)
