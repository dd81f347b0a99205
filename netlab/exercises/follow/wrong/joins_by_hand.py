"""M45: server and Location were put together by hand.

Location may be a whole url, "../c", or "?x=2". urljoin knows all these forms.
Read again: lesson 31, "Build".
"""

import http.client
from urllib.parse import urlsplit


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
        url = location if location.startswith("http") else f"http://{parts.netloc}{location}"
        if reply.status == 303 and method != "HEAD":
            method, body = "GET", None
    raise ValueError("more than five redirects")
