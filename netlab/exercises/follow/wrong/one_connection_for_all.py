"""M45: one connection was used for every server.

A connection leads to one address. If the new url names another, open another one.
Read again: lesson 31, "Build".
"""

import http.client
from urllib.parse import urljoin, urlsplit


def follow(url, method="GET", body=None):
    parts = urlsplit(url)
    client = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    for _ in range(6):
        parts = urlsplit(url)
        target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        client.request(method, target, body)
        reply = client.getresponse()
        page = reply.read()
        location = reply.getheader("Location")
        if reply.status not in (301, 302, 303, 307, 308) or location is None:
            return reply.status, page
        url = urljoin(url, location)
        if reply.status == 303 and method != "HEAD":
            method, body = "GET", None
    raise ValueError("more than five redirects")
