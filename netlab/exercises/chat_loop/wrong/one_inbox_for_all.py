"""M54: all members share one inbox.

Two half lines of two members become one line that nobody said. Give each its own.
Read again: lesson 25, "A chat".
"""

import selectors


class Talker:
    inbox = b""

    def __init__(self, conn):
        conn.setblocking(False)
        self.conn, self.outbox, self.gone = conn, b"", False


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
    *lines, Talker.inbox = (Talker.inbox + data).split(b"\n")
    return [line + b"\n" for line in lines]


def send_what_fits(talker):
    try:
        if talker.outbox:
            talker.outbox = talker.outbox[talker.conn.send(talker.outbox) :]
    except BlockingIOError:
        pass
    except ConnectionError:
        talker.gone = True
