"""M12: under "rich", single bytes moved to another column of the sum.

The first byte of a word counts 256 times as much as the second. Exchange whole words.
Read again: lesson 11, "Sums that must come out".
"""

equal_checksums = {"rich": b"Pay Ann 01, Bob 99", "letters": b"Pay Aon 10, Bnb 99"}
