waits = {
    "E": ["nobody", "distance"],
    "D": ["client", "loss"],
    "C": ["server", "timer"],
    "B": ["server", "program"],
    "A": ["client", "timer"],
}
