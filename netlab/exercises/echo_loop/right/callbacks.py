from selectors import EVENT_READ, EVENT_WRITE, SelectSelector


class Client:
    def __init__(self, selector, conn):
        conn.setblocking(False)
        self.selector, self.conn = selector, conn
        self.waiting, self.ended = [], False
        selector.register(conn, EVENT_READ, self)

    def on_event(self, events):
        try:
            if events & EVENT_WRITE:
                self.write()
            if events & EVENT_READ and not self.ended:
                self.read()
            self.watch()
        except OSError:
            self.close()

    def read(self):
        data = self.conn.recv(1000)
        self.ended = not data
        if data:
            self.waiting.append(data)

    def write(self):
        first = self.waiting.pop(0)
        taken = self.conn.send(first)
        if taken < len(first):
            self.waiting.insert(0, first[taken:])

    def watch(self):
        if self.ended and not self.waiting:
            return self.close()
        wanted = (0 if self.ended else EVENT_READ) | (EVENT_WRITE if self.waiting else 0)
        if wanted != self.selector.get_key(self.conn).events:
            self.selector.modify(self.conn, wanted, self)

    def close(self):
        self.selector.unregister(self.conn)
        self.conn.close()


def echo_loop(listener):
    with SelectSelector() as selector:
        selector.register(listener, EVENT_READ)
        while True:
            for key, events in selector.select(timeout=1):
                if key.data is None:
                    Client(selector, listener.accept()[0])
                else:
                    key.data.on_event(events)
