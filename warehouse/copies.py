"""Which texts are copies of one another: a SimHash of their wording, stored beside them and compared in SQL."""

import re
from hashlib import blake2b
from itertools import pairwise

import numpy

LEAST_COPIED = 80
"""Characters below which near-same wording tells nothing: "Oslo is a member of Eurocities" is written by many."""
_WORD = re.compile(r"\w+")
_BYTES = 16


def sketch_wording(text: str) -> tuple[int, int] | None:
    """128 bits in two signed halves, of which texts of near-same wording differ in few; None for a short text.

    SimHash over the pairs of neighbouring words, case and punctuation aside. Expected distances: 0 for the same words,
    19 where a sentence of twenty words has one of them replaced, 27 for two, 17 where a fifth of a text is new, and
    64, give or take 6, for texts that have nothing in common.
    """
    if len(text) < LEAST_COPIED:
        return None
    words = _WORD.findall(text.casefold())
    pairs = {f"{one} {other}" for one, other in pairwise(words)} or set(words)
    digests = b"".join(blake2b(pair.encode(), digest_size=_BYTES).digest() for pair in pairs)
    bits = numpy.unpackbits(numpy.frombuffer(digests, dtype=numpy.uint8).reshape(-1, _BYTES), axis=1)
    # Of an even number of pairs a bit may be set in half of them: that counts as not set.
    packed = numpy.packbits(2 * bits.sum(axis=0, dtype=numpy.int64) > len(pairs)).tobytes()
    half = _BYTES // 2
    return int.from_bytes(packed[:half], signed=True), int.from_bytes(packed[half:], signed=True)
