"""M46: every redirect was followed by GET.

307 and 308 keep method and body, and HEAD stays HEAD. Only 303 always changes to GET.
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
        method, body = "GET", None
    raise ValueError("more than five redirects")
