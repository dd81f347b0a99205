"""The sum that judges `checksum` is the one of netlab's own headers, computed in another way."""

from __future__ import annotations

import random

from netlab.exercises.sums import missing, word_sum
from netlab.packets import internet_checksum, ones_complement_sum


def test_both_sums_agree() -> None:
    rng = random.Random(1071)
    data = [b"", b"\0", bytes(9), b"\xff" * 4, b"\xff" * 5, b"\xff\xff\x80\x01\x7f\xff", b"abc"]
    data += [rng.randbytes(rng.randrange(200)) for _ in range(500)]
    for some in data:
        assert missing(some) == internet_checksum(some)
        assert word_sum(some) == ones_complement_sum(some)
