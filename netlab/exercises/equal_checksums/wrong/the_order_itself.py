"""M51: the first message is the order.

It is no wonder that this has the same sum. Find another message that has it, too.
Read again: lesson 11, "Build".
"""

equal_checksums = {"rich": b"Pay Ann 10, Bob 99", "letters": b"Pay Aon 10, Bnb 99"}
