from http.client import HTTPConnection, HTTPException


class Pool:
    def __init__(self):
        self.connections = {}

    def request(self, address, method, path, body=b""):
        kept = self.connections.pop(address, None)
        if kept:
            try:
                return self._once(kept, address, method, path, body)
            except (OSError, HTTPException):
                if method in {"POST", "PATCH", "CONNECT"}:
                    raise
        return self._once(HTTPConnection(*address, timeout=5), address, method, path, body)

    def _once(self, conn, address, method, path, body):
        try:
            conn.request(method, path, body or None)
            response = conn.getresponse()
            data = response.read()
        except (OSError, HTTPException):
            conn.close()
            raise
        if response.will_close:
            conn.close()
        else:
            self.connections[address] = conn
        return data
