"""WebServer to the clients that learners know: curl, nc, http.client, urllib, httpx, wrk."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from netlab import Reply, WebServer
from tests.tools import need
from tests.web_tools import replies, unexpected

MB = 1_048_576
BIG = os.urandom(1_500_000)
ROUTES = {
    "/": "hello",
    "/slow": Reply(body=["one ", "two"], pause=0.05),
    "/chunked": Reply(body=["one ", "two"], framing="chunked"),
    "/close": Reply(body=["one ", "two"], framing="close"),
    "/echo": Reply(methods=["PUT", "POST"], echo=True, type="application/octet-stream"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    with WebServer(ROUTES) as running:
        yield running
        assert not unexpected(running)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    folder: Path = tmp_path_factory.mktemp("files")
    (folder / "big.bin").write_bytes(BIG)
    with WebServer(folder) as running:
        yield running
        assert not unexpected(running)


def run(command: list[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=given, capture_output=True, timeout=20)


# options, path, standard input -> exit code, what standard output matches in full
HEAD = rb"HTTP/1\.1 200 OK\r\n([^\r\n]+\r\n)*"
CURL = [
    ("--http1.0", "/", b"", 0, b"hello"),
    ("--http1.1", "/", b"", 0, b"hello"),
    ("--http2", "/", b"", 0, b"hello"),  # asks for an upgrade, which a server may pass over
    ("--http0.9", "/", b"", 0, b"hello"),
    ("-I", "/", b"", 0, HEAD + rb"Content-Length: 5\r\n\r\n"),
    ("-I --http1.0", "/chunked", b"", 0, HEAD + rb"Connection: close\r\n\r\n"),
    ("-i", "/chunked", b"", 0, HEAD + rb"Transfer-Encoding: chunked\r\n\r\none two"),
    ("--raw", "/chunked", b"", 0, rb"4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n"),
    ("--http1.0 -i", "/chunked", b"", 0, HEAD + rb"Connection: close\r\n\r\none two"),
    ("-i", "/close", b"", 0, HEAD + rb"Connection: close\r\n\r\none two"),
    ("--compressed", "/", b"", 0, b"hello"),
    ("-r 0-1 -w %{http_code}", "/", b"", 0, b"hello200"),
    ("-f", "/nowhere", b"", 22, b""),
    ("-X DELETE -w %{http_code}", "/", b"", 0, b"/ does not answer DELETE\n405"),
    ("-X OPTIONS --request-target * -w %{http_code}", "/", b"", 0, b"204"),
    ("-H Host:example.com -w %{http_code}", "/", b"", 0, rb"this server is for .*\n421"),
    ("-d a=1", "/echo", b"", 0, b"a=1"),
    ("-T - -H Transfer-Encoding:chunked", "/echo", b"12345", 0, b"12345"),
    ("-T -", "/echo", b"x" * MB, 0, b"x{1048576}"),
    ("-T - -w %{http_code}", "/echo", b"x" * (MB + 1), 0, rb"a request's body may .*\n413"),
    ("--max-time 0.02", "/slow", b"", 28, b"(one )?"),
]


@pytest.mark.parametrize(("options", "path", "given", "code", "output"), CURL)
def test_curl(
    server: WebServer, options: str, path: str, given: bytes, code: int, output: bytes
) -> None:
    done = run([need("curl"), "-s", *options.split(), server.url + path], given)
    assert (done.returncode, bool(re.fullmatch(output, done.stdout, re.DOTALL))) == (code, True), (
        done.stdout[-300:],
        done.stderr,
    )


def test_curl_keeps_its_connection(server: WebServer) -> None:
    done = run([need("curl"), "-sv", server.url + "/", server.url + "/chunked"])
    assert done.stdout == b"helloone two" and b"Re-using existing connection" in done.stderr


@pytest.mark.parametrize("length", [MB, MB + 1])
def test_curl_announces_a_long_body(server: WebServer, tmp_path: Path, length: int) -> None:
    """Over 1 MB curl asks first (Expect: 100-continue): the refusal comes before the body."""
    file = tmp_path / "body.bin"
    file.write_bytes(bytes(length))
    form = ["-s", "-H", "Expect: 100-continue", "-T", str(file), "-o", os.devnull]
    done = run([need("curl"), *form, "-w", "%{http_code} %{size_upload}", server.url + "/echo"])
    assert done.stdout == (b"200 %d" % length if length == MB else b"413 0")


def test_curl_with_files(files: WebServer, tmp_path: Path) -> None:
    curl, url, out = need("curl"), files.url + "/big.bin", tmp_path / "out.bin"
    assert run([curl, "-s", "--limit-rate", "2M", url]).stdout == BIG
    ranged = run([curl, "-si", "-r", "0-9", url]).stdout
    assert ranged.startswith(b"HTTP/1.1 200 ") and b"Accept-Ranges: none" in ranged
    out.write_bytes(BIG[:1000])
    resumed = run([curl, "-s", "-C", "-", "-o", str(out), url])
    assert resumed.returncode == 33 and out.read_bytes() == BIG[:1000]  # it says: no ranges here
    done = run([curl, "-s", "-o", str(out), "--etag-save", str(tmp_path / "tag"), url])
    assert done.returncode == 0 and out.read_bytes() == BIG
    again = [curl, "-s", "--etag-compare", str(tmp_path / "tag"), "-w", "%{http_code}", url]
    assert run(again).stdout == b"304"
    assert run([curl, "-s", "-z", str(out), "-w", "%{http_code}", url]).stdout == b"304"


def test_nc_half_closes_and_is_answered(server: WebServer) -> None:
    if "-N" not in run([need("nc"), "-h"]).stderr.decode():
        pytest.skip("this nc has no -N, which half-closes (netcat-openbsd has)")
    host, port = server.address
    for path, body in (("/", b"hello"), ("/slow", b"one two"), ("/close", b"one two")):
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        done = run([need("nc"), "-N", host, str(port)], request)
        assert done.returncode == 0
        assert [answer.body for answer in replies(done.stdout)] == [body]
    assert run([need("nc"), "-N", host, str(port)], b"GET / HT").stdout[:12] == b"HTTP/1.1 400"
    assert run([need("nc"), "-N", host, str(port)], b"GET /\n\n").stdout[:12] == b"HTTP/1.1 400"


def test_http_client(server: WebServer) -> None:
    connection = http.client.HTTPConnection(*server.address, timeout=5)
    try:
        for path in ("/", "/chunked", "/slow"):
            connection.request("GET", path)
            sock = connection.sock
            reply = connection.getresponse()
            assert reply.read() in (b"hello", b"one two") and reply.status == 200
            assert connection.sock is sock  # one connection for all
        connection.request("PUT", "/echo", iter([b"one ", b"two"]), encode_chunked=True)
        assert connection.getresponse().read() == b"one two"
        connection.request("HEAD", "/")
        reply = connection.getresponse()
        assert (reply.read(), reply.getheader("Content-Length")) == (b"", "5")
        connection.request("GET", "/close")
        assert connection.getresponse().read() == b"one two" and connection.sock is None
    finally:
        connection.close()


def test_urllib(server: WebServer, files: WebServer) -> None:
    with urllib.request.urlopen(server.url, timeout=5) as reply:
        assert (reply.read(), reply.status, reply.url) == (b"hello", 200, server.url)
    with urllib.request.urlopen(server.url + "/echo", data=b"posted", timeout=5) as reply:
        assert reply.read() == b"posted"
    with urllib.request.urlopen(files.url + "/big.bin", timeout=5) as reply:
        assert reply.read() == BIG
    with pytest.raises(urllib.error.HTTPError, match="404") as caught:
        urllib.request.urlopen(server.url + "/nowhere", timeout=5)
    caught.value.close()


def test_httpx(server: WebServer, files: WebServer) -> None:
    with httpx.Client(timeout=5, trust_env=False) as client:
        for path in ("/", "/chunked", "/slow", "/close"):
            reply = client.get(server.url + path)
            assert reply.text in ("hello", "one two") and reply.http_version == "HTTP/1.1"
        assert client.put(server.url + "/echo", content=b"x" * MB).content == b"x" * MB
        assert client.post(server.url + "/echo", content=iter([b"a", b"b"])).content == b"ab"
        assert client.put(server.url + "/echo", content=b"x" * (MB + 1)).status_code == 413
        assert client.head(server.url).headers["Content-Length"] == "5"
        first = client.get(files.url + "/big.bin")
        assert first.content == BIG
        again = client.get(first.url, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_wrk_smoke(server: WebServer) -> None:
    done = run([need("wrk"), "-t2", "-c50", "-d2s", "--timeout", "10s", server.url + "/"])
    output = done.stdout.decode()
    assert done.returncode == 0 and "Socket errors" not in output and "Non-2xx" not in output
    found = re.search(r"(\d+) requests in", output)
    assert found and int(found[1]) > 500
