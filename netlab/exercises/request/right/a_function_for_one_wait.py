import time


def reply(sock, number, deadline):
    while True:
        sock.settimeout(max(0.000001, deadline - time.time()))
        data = sock.recv(65535)
        try:
            theirs, answer = data.split(b" ", 1)
            if int(theirs) == number:
                return answer
        except ValueError:
            pass


def request(sock, number, question):
    patience = 1
    while patience <= 8:
        sock.send(f"{number} ".encode() + question)
        try:
            return reply(sock, number, time.time() + patience)
        except TimeoutError:
            patience *= 2
    raise TimeoutError
