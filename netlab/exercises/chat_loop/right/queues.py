from collections import deque
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector


class Room:
    def __init__(self, listener):
        self.selector, self.members = DefaultSelector(), {}
        self.selector.register(listener, EVENT_READ, self.welcome)

    def welcome(self, listener, events):
        conn = listener.accept()[0]
        conn.settimeout(0)
        self.members[conn] = deque()
        self.selector.register(conn, EVENT_READ, self.serve([]))

    def serve(self, pieces):
        def serve_one(conn, events):
            try:
                if events & EVENT_WRITE:
                    self.flush(conn)
                if events & EVENT_READ:
                    self.hear(conn, pieces)
            except ConnectionError:
                self.drop(conn)

        return serve_one

    def hear(self, conn, pieces):
        data = conn.recv(100)
        if not data:
            return self.drop(conn)
        for byte in data:
            pieces.append(bytes([byte]))
            if byte == 10:
                self.tell(b"".join(pieces), conn)
                pieces.clear()

    def tell(self, line, speaker):
        for member, queue in self.members.items():
            if member != speaker:
                queue.append(line)
                self.want(member, EVENT_READ | EVENT_WRITE)

    def flush(self, conn):
        queue = self.members[conn]
        line = queue.popleft()
        sent = conn.send(line)
        if sent < len(line):
            queue.appendleft(line[sent:])
        if not queue:
            self.want(conn, EVENT_READ)

    def want(self, conn, events):
        key = self.selector.get_key(conn)
        if key.events != events:
            self.selector.modify(conn, events, key.data)

    def drop(self, conn):
        del self.members[conn]
        self.selector.unregister(conn)
        conn.close()


def chat_loop(listener):
    room = Room(listener)
    while True:
        for key, events in room.selector.select():
            key.data(key.fileobj, events)
