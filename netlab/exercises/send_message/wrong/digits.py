"""M12: the length was sent as text.

Digits have no fixed length: the reader would not know where they end. Pack four bytes: "!I".
Read again: lesson 21, "Six readers that look right", reader 5.
"""


def send_message(sock, data):
    sock.sendall(str(len(data)).encode() + data)
