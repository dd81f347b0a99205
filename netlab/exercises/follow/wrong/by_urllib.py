"""M46: urllib.request follows by its own rules, and raises for a 404.

It goes up to ten times, and does not follow a PUT. Use http.client, which shows each reply.
Read again: lesson 31, "The libraries, now that you know".
"""

import urllib.request


def follow(url, method="GET", body=None):
    request = urllib.request.Request(url, data=body, method=method)
    with urllib.request.urlopen(request, timeout=5) as reply:
        return reply.status, reply.read()
