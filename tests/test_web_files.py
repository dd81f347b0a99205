"""WebServer on a folder: files, validators, and nothing from outside that folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from netlab import WebServer
from netlab.servers.site import Site
from tests.web_tools import connect, get, replies, talk, to_the_end

DATE = "Wed, 21 Oct 2015 07:28:00 GMT"
CHANGED = 1445412480  # the same moment


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outside: Path = tmp_path_factory.mktemp("outside")
    folder = outside / "site"
    (folder / "sub" / "deep").mkdir(parents=True)
    (outside / "site-secret").mkdir()
    for secret in (outside / "secret.txt", outside / "site-secret" / "index.html"):
        secret.write_text("secret")
    (folder / "index.html").write_text("<p>start")
    (folder / "sub" / "index.html").write_text("<p>sub")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "a b.txt").write_text("space")
    (folder / "page.txt").write_text("ü")
    (folder / "big.bin").write_bytes(os.urandom(3_000_000))
    (folder / "inside.txt").symlink_to("page.txt")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "link").symlink_to(outside / "site-secret")
    (folder / "sub" / "deep" / "index.html").symlink_to(outside / "secret.txt")
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe")
    for file in folder.rglob("*.*"):
        os.utime(file, (CHANGED, CHANGED))
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[WebServer]:
    with WebServer(folder) as running:
        yield running
        assert not [r.event for r in running.log if r.event.startswith("closed after")]


@pytest.mark.parametrize(
    ("path", "file", "kind"),
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/index.html?x=1", "index.html", "text/html; charset=utf-8"),
        ("/sub/", "sub/index.html", "text/html; charset=utf-8"),
        ("/sub/../page.txt", "page.txt", "text/plain; charset=utf-8"),
        ("/a%20b.txt", "a b.txt", "text/plain; charset=utf-8"),
        ("/empty.txt", "empty.txt", "text/plain; charset=utf-8"),
        ("/inside.txt", "page.txt", "text/plain; charset=utf-8"),
        ("/big.bin", "big.bin", "application/octet-stream"),
    ],
)
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_files(
    server: WebServer, folder: Path, path: str, file: str, kind: str, version: str
) -> None:
    answer, head = (get(server, path, method=m, version=version) for m in ("GET", "HEAD"))
    content = (folder / file).read_bytes()
    assert (answer.status, answer.body, answer.whole) == (200, content, True)
    assert answer.fields["content-length"] == str(len(content))
    assert answer.fields["content-type"] == kind
    assert answer.fields["last-modified"] == DATE
    assert answer.fields["accept-ranges"] == "none"
    answer.fields.pop("date"), head.fields.pop("date")
    assert head.fields == answer.fields


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/sub/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/sub/%2e%2e/%2e%2e/secret.txt",
        "//../secret.txt",
        "/../site-secret/index.html",
        "/link.txt",
        "/link",
        "/link/",
        "/link/index.html",
        "/sub/deep",
        "/sub/deep/",
        "/sub/deep/index.html",
        "/loop",
        "/pipe",
        "/page.txt%00",
        "/%00",
        "/..",
        "/.../secret.txt",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "/" + "x" * 300,
        "/" + "x/" * 3000,
        "/page.txt/",
        "/page.txt/x",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/%ff%fe",
    ],
)
def test_what_is_not_in_the_folder_is_not_found(server: WebServer, path: str) -> None:
    answer = get(server, path)
    assert answer.status == 404
    assert b"secret" not in answer.body.replace(b"secret.txt", b"").replace(b"site-secret", b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_files_answer_get_and_head_only(server: WebServer, method: str) -> None:
    answer = get(server, "/", method=method)
    assert (answer.status, answer.fields["allow"]) == (405, "GET, HEAD")


LATER, EARLIER = "Thu, 22 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:27:59 GMT"
CONDITIONS = [  # field lines with {tag}, and the status
    (["If-None-Match: {tag}"], 304),
    (["If-None-Match: W/{tag}"], 304),
    (["If-None-Match: *"], 304),
    (['If-None-Match: "other", {tag}'], 304),
    (['If-None-Match: "other",W/{tag} , "more"'], 304),
    (['If-None-Match: "other"', "If-None-Match: {tag}"], 304),  # two lines are one list
    (["If-None-Match: {tag}", 'If-None-Match: "other"'], 304),
    (['If-None-Match: "other"'], 200),
    (["If-None-Match: "], 200),
    (["If-None-Match: nonsense"], 200),
    (['If-None-Match: "other"', f"If-Modified-Since: {LATER}"], 200),  # the tag decides alone
    (["If-None-Match: {tag}", f"If-Modified-Since: {EARLIER}"], 304),
    ([f"If-Modified-Since: {DATE}"], 304),
    ([f"If-Modified-Since: {LATER}"], 304),
    ([f"If-Modified-Since: {EARLIER}"], 200),
    (["If-Modified-Since: Wednesday, 21-Oct-15 07:28:00 GMT"], 304),  # RFC 9110 5.6.7: the two
    (["If-Modified-Since: Wed Oct 21 07:28:00 2015"], 304),  # obsolete forms are understood
    (["If-Modified-Since: Wed Oct 21 07:27:59 2015"], 200),
    (["If-Modified-Since: yesterday"], 200),
    (["If-Modified-Since: "], 200),
    (["If-Modified-Since: Wed, 99 Oct 2015 07:28:00 GMT"], 200),
    (["If-Modified-Since: Wed, 21 Oct 99999 07:28:00 GMT"], 200),
    (["If-Modified-Since: 2015-10-22T07:28:00Z"], 200),
    (["If-Modified-Since: Wed, 21 Oct 2015 07:28:00 +99999999999999999999"], 200),
    (["Range: bytes=0-3"], 200),  # Accept-Ranges: none
]


@pytest.mark.parametrize(("lines", "status"), CONDITIONS)
def test_conditional_requests(server: WebServer, lines: list[str], status: int) -> None:
    tag = get(server, "/page.txt").fields["etag"]
    assert tag[0] == tag[-1] == '"'
    for method in ("GET", "HEAD"):
        answer = get(server, "/page.txt", *(line.format(tag=tag) for line in lines), method=method)
        assert answer.status == status
        assert (answer.fields["etag"], answer.fields["last-modified"]) == (tag, DATE)
        assert (answer.body == "ü".encode()) is (status == 200 and method == "GET")


def test_a_date_without_a_zone_is_utc_wherever_the_server_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = {"if-modified-since": "Wed Oct 21 07:28:00 2015"}
    try:
        for zone in ("America/New_York", "Asia/Tokyo", "XXX5", "XXX-5"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            answer = Site({}, str(folder)).answer("GET", "/page.txt", since, b"")
            assert answer.status == 304
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_tag_changes_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("one")
    with WebServer(tmp_path) as server:
        first = get(server, "/x.txt").fields["etag"]
        assert get(server, "/x.txt").fields["etag"] == first
        file.write_text("two")
        os.utime(file, ns=(CHANGED, CHANGED))
        assert get(server, "/x.txt").fields["etag"] != first
        assert get(server, "/x.txt").body == b"two"
        file.unlink()
        assert get(server, "/x.txt").status == 404


def test_a_file_that_shrinks_while_it_is_sent_ends_with_an_error_not_with_padding(
    tmp_path: Path,
) -> None:
    file = tmp_path / "shrinks.bin"
    file.write_bytes(b"x" * 50_000_000)  # more than the sockets' buffers hold
    with WebServer(tmp_path) as server, connect(server) as sock:
        sock.sendall(b"GET /shrinks.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        start = b""
        while not start.endswith(b"x"):  # the server is at it
            start += sock.recv(1000)
        os.truncate(file, 1000)
        (answer,) = replies(start + to_the_end(sock))
        assert answer.fields["content-length"] == "50000000" and not answer.whole
        assert set(answer.body) == {ord("x")}  # no padding
        events = [record.event for record in server.log]
        assert "cut: the file became shorter while it was sent" in events
        assert not [event for event in events if event.startswith("closed after")]
        assert get(server, "/shrinks.bin").body == b"x" * 1000


def test_a_file_that_grows_is_sent_as_long_as_announced(tmp_path: Path) -> None:
    file = tmp_path / "grows.bin"
    file.write_bytes(b"x" * 20_000_000)
    with WebServer(tmp_path) as server, connect(server) as sock:
        sock.sendall(b"GET /grows.bin HTTP/1.0\r\n\r\n")
        start = sock.recv(1000)
        with file.open("ab") as more:
            more.write(b"y" * 1000)
        (answer,) = replies(start + to_the_end(sock))
        assert answer.whole and b"y" not in answer.body


def test_the_folder_as_a_name_through_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(folder)
    with WebServer(str(tmp_path / "way")) as server:
        assert replies(talk(server, b"GET / HTTP/1.0\r\n\r\n"))[0].body == b"<p>start"
