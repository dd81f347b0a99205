"""M32: it waits for a reply that was lost.

No error tells of a loss. Set a timeout on the socket, and ask again when it ends the wait.
Read again: lesson 14, "A reader that sleeps".
"""


def request(sock, number, question):
    while True:
        sock.send(b"%d %s" % (number, question))
        head, blank, answer = sock.recv(65536).partition(b" ")
        if head == b"%d" % number and blank:
            return answer
