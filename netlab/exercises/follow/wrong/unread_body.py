"""M09: the redirect's body was left unread on a connection that is used again.

The next reply begins behind it. Read each reply to its end before you ask once more.
Read again: lesson 31, "Methods".
"""

import http.client
from urllib.parse import urljoin, urlsplit


def follow(url, method="GET", body=None):
    clients = {}
    for _ in range(6):
        parts = urlsplit(url)
        target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        if parts.netloc not in clients:
            clients[parts.netloc] = http.client.HTTPConnection(parts.netloc, timeout=5)
        client = clients[parts.netloc]
        client.request(method, target, body)
        reply = client.getresponse()
        location = reply.getheader("Location")
        if reply.status not in (301, 302, 303, 307, 308) or location is None:
            return reply.status, reply.read()
        url = urljoin(url, location)
        if reply.status == 303 and method != "HEAD":
            method, body = "GET", None
    raise ValueError("more than five redirects")
