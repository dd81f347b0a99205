"""M38: the lesson's own round trip was returned, without looking at the path.

Every path has its own. Only a measurement tells.
Read again: lesson 33, "A network of your own".
"""


def round_trip(connect):
    connect().close()
    return 0.020
