"""Characters and pairs of them in a whole text at once: code points, and numbers for those that are known."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Numbers = NDArray[np.int32]

_CODE_POINTS = 0x110000


def code_points(text: str) -> Codes:
    """The code points of a text, lone surrogates too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


class GramTable:
    """Numbers of strings of one and two characters, each at least 0; what has none is -1."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        known = {name: number for name, number in numbers.items() if 1 <= len(name) <= 2}
        letters = {letter: at for at, letter in enumerate(sorted(set("".join(known))), 1)}
        # Zero stands for unknown: pages of zeros that are never touched cost no memory.
        kind = np.min_scalar_type(max(known.values(), default=0) + 1)
        self._letters = np.zeros(_CODE_POINTS, np.min_scalar_type(len(letters)))
        self._singles = np.zeros(len(letters) + 1, kind)
        self._pairs = np.zeros((len(letters) + 1, len(letters) + 1), kind)
        for letter, at in letters.items():
            self._letters[ord(letter)] = at
        for name, number in known.items():
            if len(name) == 1:
                self._singles[letters[name]] = number + 1
            else:
                self._pairs[letters[name[0]], letters[name[1]]] = number + 1

    def singles(self, codes: Codes) -> Numbers:
        """The number of each character."""
        return self._singles.take(self._letters.take(codes)).astype(np.int32) - 1

    def pairs(self, codes: Codes, following: Codes) -> Numbers:
        """The number of each pair of a character and the one that follows it."""
        return self._numbers_of(self._letters.take(codes), self._letters.take(following))

    def neighbours(self, codes: Codes) -> Numbers:
        """The number of each character with the next one, one fewer than there are characters."""
        letters = self._letters.take(codes)
        return self._numbers_of(letters[:-1], letters[1:])

    def _numbers_of(
        self, letters: NDArray[np.unsignedinteger], following: NDArray[np.unsignedinteger]
    ) -> Numbers:
        # One index for both costs a third of what rows and columns do.
        return self._pairs.take(letters.astype(np.intp) * len(self._pairs) + following).astype(np.int32) - 1
