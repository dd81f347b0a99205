def give(message, taker, giver, amount):
    changed = bytearray(message)
    changed[taker] += amount
    changed[giver] -= amount
    return bytes(changed)


order = b"Pay Ann 10, Bob 99"
equal_checksums = {"rich": give(order, 8, 16, 8), "letters": give(order, 1, 13, 5)}
