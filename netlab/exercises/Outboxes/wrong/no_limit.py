"""M58: there is no limit, and one who does not read fills the memory.

When all queues together hold more than the limit, drop the slowest.
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
        return reasons
