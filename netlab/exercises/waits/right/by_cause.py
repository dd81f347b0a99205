by_cause = {
    "timer": {"A": "client", "C": "server"},
    "program": {"B": "server"},
    "loss": {"D": "client"},
    "distance": {"E": "nobody"},
}
waits = {
    letter: (side, cause) for cause, found in by_cause.items() for letter, side in found.items()
}
