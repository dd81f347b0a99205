"""M51: under "rich", one word gained and no other lost as much.

The checksum finds that. Exchange two words that are there, and the sum stays.
Read again: lesson 11, "Sums that must come out".
"""

equal_checksums = {"rich": b"Pay Ann 99, Bob 99", "letters": b"Pay Aon 10, Bnb 99"}
