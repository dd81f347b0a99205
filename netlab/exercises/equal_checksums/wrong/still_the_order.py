"""M51: the second message is the order.

Change two of its words so that the sum stays: a little more here, as much less there.
Read again: lesson 11, "Build".
"""

equal_checksums = {"rich": b"Pay Ann 99, Bob 10", "letters": b"Pay Ann 10, Bob 99"}
