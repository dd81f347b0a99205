"""M51: under "rich" the sum is right, and Ann is not the richer one.

Exchange the amounts, or the names, but not both.
Read again: lesson 11, "Build".
"""

equal_checksums = {"rich": b"Pay Bob 99, Ann 10", "letters": b"Pay Aon 10, Bnb 99"}
