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
        while sum(map(len, self.waiting.values())) > self.limit:
            slowest = max(self.waiting, key=lambda name: len(self.waiting[name]))
            behind = len(self.waiting.pop(slowest))
            reasons.append(f"{slowest}: {behind} bytes behind")
        return reasons
