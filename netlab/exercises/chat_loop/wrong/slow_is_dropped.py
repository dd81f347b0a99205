"""M16: a slow member was taken for a dead one.

`send` says that there is no room now, and later there may be. Keep the rest in the outbox.
Read again: lesson 25, "The one who does not read".
"""

import selectors


class Talker:
    def __init__(self, conn):
        conn.setblocking(False)
        self.conn, self.inbox, self.outbox, self.gone = conn, b"", b"", False


def chat_loop(listener):
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    talkers = []
    while True:
        for key, events in selector.select():
            if key.fileobj is listener:
                talker = Talker(listener.accept()[0])
                talkers.append(talker)
                selector.register(talker.conn, selectors.EVENT_READ, talker)
            elif events & selectors.EVENT_READ:
                for line in lines_of(key.data):
                    for other in talkers:
                        if other is not key.data:
                            other.outbox += line
        for talker in list(talkers):
            send_what_fits(talker)
            if talker.gone:
                talkers.remove(talker)
                selector.unregister(talker.conn)
                talker.conn.close()
                continue
            wanted = selectors.EVENT_WRITE if talker.outbox else 0
            selector.modify(talker.conn, selectors.EVENT_READ | wanted, talker)


def lines_of(talker):
    try:
        data = talker.conn.recv(4096)
    except ConnectionError:
        data = b""
    if not data:
        talker.gone = True
    *lines, talker.inbox = (talker.inbox + data).split(b"\n")
    return [line + b"\n" for line in lines]


def send_what_fits(talker):
    try:
        if talker.outbox:
            talker.outbox = talker.outbox[talker.conn.send(talker.outbox) :]
            talker.gone = bool(talker.outbox)
    except (BlockingIOError, ConnectionError):
        talker.gone = True
