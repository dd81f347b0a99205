"""M46: a redirect was returned as if it were the page.

3xx says: look elsewhere. The field Location says where. Ask again, there.
Read again: lesson 31, "Eight small changes".
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
        return reply.status, page
        url = urljoin(url, location)
        if reply.status == 303 and method != "HEAD":
            method, body = "GET", None
    raise ValueError("more than five redirects")
