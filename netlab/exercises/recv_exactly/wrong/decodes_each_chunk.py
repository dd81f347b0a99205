"""M10: each chunk was turned into text on its own.

A cut may fall inside a letter, and not all bytes are text. Collect bytes, and return bytes.
Read again: lesson 21, "Six readers that look right", reader 4.
"""


def recv_exactly(sock, n):
    text = ""
    while len(text.encode()) < n:
        chunk = sock.recv(n - len(text.encode()))
        if not chunk:
            raise EOFError(f"the stream ended after {len(text)} of {n} bytes")
        text += chunk.decode()
    return text.encode()
