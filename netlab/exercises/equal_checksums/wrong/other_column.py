"""M12: under "letters", what was added and what was taken stand in different columns.

A first byte counts 256 times as much as a second. Change two bytes of the same column.
Read again: lesson 11, "Sums that must come out".
"""

equal_checksums = {"rich": b"Pay Ann 99, Bob 10", "letters": b"Pay Bmn 10, Bob 99"}
