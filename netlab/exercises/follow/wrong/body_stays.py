"""M46: the body went along with the GET after a 303.

The server has it already. A GET asks for a page, and brings nothing along.
Read again: lesson 31, "Build".
"""

import http.client
from urllib.parse import urljoin, urlsplit


def follow(url, method="GET", body=None):
    for _ in range(6):
        parts = urlsplit(url)
        target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        client = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
        client.request(method, target, body)
        reply = client.getresponse()
        page = reply.read()
        client.close()
        location = reply.getheader("Location")
        if reply.status not in (301, 302, 303, 307, 308) or location is None:
            return reply.status, page
        url = urljoin(url, location)
        if reply.status == 303 and method != "HEAD":
            method = "GET"
    raise ValueError("more than five redirects")
