zero = bytes(1)
cuts = {
    1: (b"2", b"1"),
    2: (b"\r", b"\n", b"\r", b"\n"),
    3: (b"\n\n",),
    5: (zero, zero, zero, zero),
}
