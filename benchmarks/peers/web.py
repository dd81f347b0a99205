"""Serve a folder over HTTP. Arguments: files | routes | stdlib, FOLDER."""

import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event
from typing import Any

from benchmarks.peers import end_with_the_benchmark


class Quiet(SimpleHTTPRequestHandler):
    """http.server at its best: keep-alive, no waiting for acknowledgements, nothing printed."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments, directory=sys.argv[2])

    def log_message(self, *_: Any) -> None:
        pass


class Stdlib(ThreadingHTTPServer):
    request_queue_size = 128  # as many as netlab's, or 50 clients at once would be turned away

    def handle_error(self, *_: Any) -> None:
        pass  # wrk hangs up in the middle of a reply


end_with_the_benchmark()
if sys.argv[1] == "stdlib":
    stdlib = Stdlib(("127.0.0.1", 0), Quiet)
    print(stdlib.server_address[1], flush=True)
    stdlib.serve_forever()
else:
    from netlab import Reply, WebServer

    files = [file for file in Path(sys.argv[2]).iterdir() if file.suffix == ".html"]
    routes = {f"/{file.name}": Reply(body=file.read_bytes()) for file in files}
    with WebServer(routes if sys.argv[1] == "routes" else sys.argv[2]) as netlab:
        print(netlab.address[1], flush=True)
        Event().wait()
