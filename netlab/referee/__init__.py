"""How an answer is judged: it runs in a closed process, and everything it talks to is on our side.

A scenario says what the peer does and what must come of it (scenario.py). The answer runs in a
worker process (worker/), which holds neither the expected bytes nor the verdict; each call of its
socket is a question to the scripted peer (peer.py), which lives here. play.py runs a scenario,
gap.py says where what came differs from what was expected, report.py puts it in words.
"""
