"""M02: each send was taken for one message.

The stream joins what you send; only the length in front says where a message ends.
Read again: lesson 21, "Four ways to say where a message ends".
"""


def send_message(sock, data):
    sock.sendall(data)
