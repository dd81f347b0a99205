def recv_message(sock, limit):
    length = int.from_bytes(fill(sock, bytearray(4)), "big")
    if length > limit:
        raise ValueError(f"{length} > {limit}")
    return bytes(fill(sock, bytearray(length)))


def fill(sock, buffer):
    with memoryview(buffer) as view:
        done = 0
        while done < len(buffer):
            count = sock.recv_into(view[done:])
            if count == 0:
                raise EOFError(f"{done} of {len(buffer)} bytes")
            done += count
    return buffer
