"""Record what the connection explorer plays where the kernel does not tell of its sockets."""

import json
import platform

from netlab.widgets.two_ends import TOURS, record

OPEN = ["listen", "connect", "accept"]
CLIENT_FIRST = ["client: shutdown", "server: recv", "server: send", "client: recv", "server: close"]
SERVER_FIRST = ["server: close", "client: recv", "client: close"]
PLANS = [
    ["listen", "connect", "client: send", "accept", "server: recv", *CLIENT_FIRST],
    [*OPEN, "client: send", "server: recv", "server: send", "client: recv", *SERVER_FIRST],
    [*OPEN, *CLIENT_FIRST],
    [*OPEN, *SERVER_FIRST],
    [*OPEN, "server: close", "client: send", "client: send"],
    [*OPEN, "client: close", "server: recv", "server: close"],
    [*OPEN, "server: send", "client: close", "server: recv"],
    [*OPEN, *["client: send"] * 10, *["server: recv"] * 10],
    [*OPEN, *["client: send"] * 10, *["server: send"] * 10],
]

if __name__ == "__main__":
    system = f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}"
    lines = ",\n  ".join(json.dumps(tour) for tour in record(PLANS))
    text = f'{{\n "system": "{system}",\n "tours": [\n  {lines}\n ]\n}}\n'
    TOURS.write_text(text, encoding="utf-8", newline="\n")
    print(f"wrote {len(PLANS)} tours to {TOURS.name}")
