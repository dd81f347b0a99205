import http.client
import urllib.parse


def follow(url, method="GET", body=None, left=5):
    scheme, netloc, path, query, fragment = urllib.parse.urlsplit(url)
    target = urllib.parse.urlunsplit(("", "", path or "/", query, ""))
    with_body = {} if body is None else {"body": body}
    client = http.client.HTTPConnection(netloc, timeout=3)
    try:
        client.request(method, target, **with_body)
        with client.getresponse() as reply:
            data = reply.read()
    finally:
        client.close()
    if reply.status in (301, 302, 303, 307, 308) and "location" in reply.headers:
        if not left:
            raise ValueError(f"too many redirects, the last one to {url}")
        there = urllib.parse.urljoin(url, reply.headers["location"])
        if method == "POST" and reply.status in (301, 302, 303):
            return follow(there, "GET", None, left - 1)
        if reply.status == 303 and method not in ("GET", "HEAD"):
            return follow(there, "GET", None, left - 1)
        return follow(there, method, body, left - 1)
    return reply.status, data
