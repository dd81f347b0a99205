"""M51: the message under "rich" has another length.

TCP's pseudo-header holds the length, so its sum covers that, too. Keep to 18 bytes.
Read again: lesson 11, "Sums that must come out".
"""

equal_checksums = {"rich": b"Pay Ann 10, Bob 99\0\0", "letters": b"Pay Aon 10, Bnb 99"}
