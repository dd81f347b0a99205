"""M58: each queue has the limit for itself, and a thousand members have it a thousand times.

Memory is one: add up what waits for all of them.
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
        while max(map(len, self.waiting.values()), default=0) > self.limit:
            slowest = max(self.waiting, key=lambda name: len(self.waiting[name]))
            behind = len(self.waiting.pop(slowest))
            reasons.append(f"{slowest}: {behind} bytes behind")
        return reasons
