"""M13: five requests were made, where five redirects are allowed.

The first request is no redirect. With five redirects there are six requests.
Read again: lesson 31, "Build".
"""

import http.client
from urllib.parse import urljoin, urlsplit


def follow(url, method="GET", body=None):
    for _ in range(5):
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
            method, body = "GET", None
    raise ValueError("more than five redirects")
