class Outboxes:
    def __init__(self, limit):
        self.limit, self.total = limit, 0
        self.names, self.boxes = [], []

    def add(self, name):
        self.names.append(name)
        self.boxes.append(bytearray())

    def remove(self, name):
        self.total -= len(self._drop(self._place(name)))

    def get(self, name):
        return bytes(self.boxes[self._place(name)])

    def took(self, name, count):
        del self.boxes[self._place(name)][:count]
        self.total -= count

    def put(self, data):
        said = []
        for box in self.boxes:
            box += data
        self.total += len(data) * len(self.boxes)
        while self.total > self.limit:
            sizes = [len(box) for box in self.boxes]
            place = sizes.index(max(sizes))
            said.append(f"{self.names[place]}: {sizes[place]} bytes behind")
            self.total -= len(self._drop(place))
        return tuple(said)

    def _place(self, name):
        if name not in self.names:
            raise KeyError(name)
        return self.names.index(name)

    def _drop(self, place):
        del self.names[place]
        return self.boxes.pop(place)
