"""M58: at the limit everybody gets an error, because of one who is slow.

Drop the slowest, return the reason, and let the others go on.
Read again: lesson 25, "The one who does not read".
"""


class Outboxes:
    def __init__(self, limit):
        self.limit, self.waiting = limit, {}

    def add(self, name):
        self.waiting[name] = b""

    def remove(self, name):
        del self.waiting[name]

    def get(self, name):
        return self.waiting[name]

    def took(self, name, count):
        self.waiting[name] = self.waiting[name][count:]

    def put(self, data):
        for name in self.waiting:
            self.waiting[name] += data
        reasons = []
        if sum(map(len, self.waiting.values())) > self.limit:
            raise OverflowError("the queues are full")
        return reasons
