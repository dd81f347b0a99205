def checksum(data):
    total = 0
    for place, byte in enumerate(data):
        total += byte if place % 2 else byte << 8
        if total > 0xFFFF:
            total -= 0xFFFF
    return ~total & 0xFFFF
