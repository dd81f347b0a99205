"""Programs that benchmarks run as processes of their own: clients, servers, rivals."""

import os
import sys
import threading


def end_with_the_benchmark() -> None:
    """For servers: exit when standard input ends, however the benchmark ended."""

    def watch() -> None:
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
