"""M51: under "letters", the changes do not cancel each other out.

What one word gains, another must lose, in the same column. Nothing may move to another place.
Read again: lesson 11, "Sums that must come out".
"""

equal_checksums = {"rich": b"Pay Ann 99, Bob 10", "letters": b"Pay Aon 10, Bob 99"}
