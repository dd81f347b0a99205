"""M58: at the limit the new bytes were dropped, and nobody was told.

A chat with holes in it is no chat. Drop the slowest member, and say why.
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
        waiting = sum(map(len, self.waiting.values()))
        if waiting + len(data) * len(self.waiting) <= self.limit:
            for name in self.waiting:
                self.waiting[name] += data
        return []
