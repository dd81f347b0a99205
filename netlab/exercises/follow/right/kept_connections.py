import http.client
from urllib.parse import urldefrag, urljoin, urlsplit

REDIRECTS = {301, 302, 303, 307, 308}


class TooMany(ValueError):
    pass


def follow(url, method="GET", body=None):
    clients, count = {}, 0
    try:
        while True:
            url = urldefrag(url).url
            netloc = urlsplit(url).netloc
            if netloc not in clients:
                clients[netloc] = http.client.HTTPConnection(netloc, timeout=5)
            client = clients[netloc]
            client.request(method, url.partition(netloc)[2] or "/", body=body)
            reply = client.getresponse()
            data = reply.read()
            where = reply.getheader("Location")
            if where is None or reply.status not in REDIRECTS:
                return (reply.status, data)
            count += 1
            if count > 5:
                raise TooMany(url)
            url = urljoin(url, where)
            if reply.status == 303 and method != "HEAD":
                method, body = "GET", None
    finally:
        for client in clients.values():
            client.close()
