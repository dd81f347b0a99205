from collections import OrderedDict


class Outboxes:
    """All that was ever put stands in one stream; each member has its place in it."""

    def __init__(self, limit):
        self.limit, self.stream = limit, b""
        self.places = OrderedDict()

    def add(self, name):
        self.places[name] = len(self.stream)

    def remove(self, name):
        self.places.pop(name)

    def get(self, name):
        return self.stream[self.places[name] :]

    def took(self, name, count):
        self.places[name] += count

    def put(self, data):
        self.stream += data
        end, reasons = len(self.stream), []
        while sum(end - place for place in self.places.values()) > self.limit:
            name, place = min(self.places.items(), key=lambda item: item[1])
            self.remove(name)
            reasons += [f"{name}: {end - place} bytes behind"]
        return reasons
