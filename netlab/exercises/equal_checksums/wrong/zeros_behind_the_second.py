"""M51: the message under "letters" has another length.

Zeros add nothing, but TCP's sum covers the length as well. Change letters inside the 18 bytes.
Read again: lesson 11, "Sums that must come out".
"""

equal_checksums = {"rich": b"Pay Ann 99, Bob 10", "letters": b"Pay Ann 10, Bob 99\0\0"}
