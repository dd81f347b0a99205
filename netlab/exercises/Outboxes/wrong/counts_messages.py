"""M58: messages were counted, and memory is made of bytes.

One message may be as long as a million others. Add up lengths.
Read again: lesson 25, "The one who does not read".
"""


class Outboxes:
    def __init__(self, limit):
        self.limit, self.waiting, self.count = limit, {}, {}

    def add(self, name):
        self.waiting[name] = b""
        self.count[name] = 0

    def remove(self, name):
        del self.waiting[name]

    def get(self, name):
        return self.waiting[name]

    def took(self, name, count):
        self.waiting[name] = self.waiting[name][count:]

    def put(self, data):
        for name in self.waiting:
            self.waiting[name] += data
            self.count[name] += 1
        reasons = []
        while self.waiting and sum(self.count[name] for name in self.waiting) > self.limit:
            slowest = max(self.waiting, key=lambda name: len(self.waiting[name]))
            behind = len(self.waiting.pop(slowest))
            reasons.append(f"{slowest}: {behind} bytes behind")
        return reasons
