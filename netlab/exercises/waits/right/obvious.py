waits = {
    "A": ("client", "timer"),
    "B": ("server", "program"),
    "C": ("server", "timer"),
    "D": ("client", "loss"),
    "E": ("nobody", "distance"),
}
