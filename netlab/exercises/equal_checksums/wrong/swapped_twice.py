"""M51: the second message holds the order's words, only at other places.

You know that trick. Now make other words: one larger, one smaller by as much.
Read again: lesson 11, "Build".
"""

equal_checksums = {"rich": b"Pay Ann 99, Bob 10", "letters": b"Pay Bob 10, Ann 99"}
