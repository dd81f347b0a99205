"""M51: under "rich", the words of two bytes add up to another sum.

The checksum finds that. Exchange two words of the order, leave the rest in place: the sum stays.
Read again: lesson 11, "Sums that must come out".
"""

equal_checksums = {"rich": b"Pay Ann 99, Bob 99", "letters": b"Pay Aon 10, Bnb 99"}
