def checksum(data):
    number = int.from_bytes(bytes(data) + b"\0" * (len(data) % 2), "big")
    rest = number % 0xFFFF
    if number and not rest:
        rest = 0xFFFF
    return rest ^ 0xFFFF
