"""WebServer and Reply: wrong arguments are refused in words, where they are written."""

from __future__ import annotations

from typing import Any

import pytest

from netlab import Reply, WebServer

BAD_REPLIES: list[tuple[dict[str, Any], str]] = [
    ({"framing": "gzip"}, "framing is one of length, chunked, close; got 'gzip'"),
    ({"status": 100}, "a final status is a number from 200 to 599; got 100"),
    ({"status": "200"}, "a final status is a number from 200 to 599; got '200'"),
    ({"delay": -1}, "delay is 0 to 60 seconds; got -1"),
    ({"pause": 61}, "pause is 0 to 60 seconds; got 61"),
    ({"delay": float("nan")}, "delay is 0 to 60 seconds; got nan"),
    ({"pause": "1"}, "pause is a number of seconds; got '1'"),
    ({"delay": True}, "delay is a number of seconds; got True"),
    ({"body": 5}, "a body is text, bytes or a list of those; got 5"),
    ({"body": [1, 2]}, r"a body is text, bytes or a list of those; got \[1, 2\]"),
    ({"body": None}, "a body is text, bytes or a list of those; got None"),
    ({"methods": "GET"}, r"methods is a list such as \['GET', 'POST'\]; got 'GET'"),
    ({"methods": ["get"]}, r"methods is a list such as \['GET', 'POST'\]; got \['get'\]"),
    ({"fields": {"X Y": "1"}}, "a field is a name and a value .*; got 'X Y': '1'"),
    ({"fields": {"X": "1\r\nY: 2"}}, "a field is a name and a value .*; got 'X': "),
    ({"fields": {"X": "\u20ac"}}, "a field is a name and a value .*; got 'X': "),
    ({"type": "a\nb"}, "a field is a name and a value .*; got 'Content-Type': "),
    ({"fields": {"content-length": "3"}}, "the server writes content-length itself"),
    ({"fields": {"Transfer-Encoding": "x"}}, "the server writes Transfer-Encoding itself"),
]


@pytest.mark.parametrize(("options", "sentence"), BAD_REPLIES)
def test_a_bad_reply_is_refused_where_it_is_written(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises((TypeError, ValueError), match=sentence):
        Reply(**options)


@pytest.mark.parametrize(
    ("routes", "options", "sentence"),
    [
        ("/no/such/folder", {}, "expected a folder of files to serve; /no/such/folder is none"),
        (__file__, {}, "expected a folder of files to serve"),
        (["/"], {}, r'expected a dict such as {"/": "hello"}, or a folder; got \[\'/\'\]'),
        ({"page": "x"}, {}, "a route is a path that starts with '/'; got 'page'"),
        ({5: "x"}, {}, "a route is a path that starts with '/'; got 5"),
        ({"/": 5}, {}, r"route '/': expected text, bytes or Reply\(...\); got 5"),
        ({}, {"idle": 0}, "idle is more than 0 and at most 3600 seconds; got 0"),
        ({}, {"idle": 3601}, "idle is more than 0 and at most 3600 seconds; got 3601"),
        ({}, {"idle": "1"}, "idle is more than 0 and at most 3600 seconds; got '1'"),
        ({}, {"host": "0.0.0.0"}, "for this machine only: expected host='127.0.0.1'"),
    ],
)
def test_bad_arguments(routes: Any, options: dict[str, Any], sentence: str) -> None:
    with pytest.raises((TypeError, ValueError, FileNotFoundError), match=sentence):
        WebServer(routes, **options)
