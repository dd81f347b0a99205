"""M51: under "letters", one word changed and no other makes up for it.

Every single change is found. It takes two that cancel each other out.
Read again: lesson 11, "Sums that must come out".
"""

equal_checksums = {"rich": b"Pay Ann 99, Bob 10", "letters": b"Pay Aon 10, Bob 99"}
