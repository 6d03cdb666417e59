"""The classic TCP time client: time_clt.py HOST PORT"""
import sys
from socket import AF_INET, SOCK_STREAM, socket

BUFSIZ = 1024

with socket(AF_INET, SOCK_STREAM) as server:
    server.connect((sys.argv[1], int(sys.argv[2])))
    for line in sys.stdin.buffer:
        data = line.rstrip(b'\n')
        if not data:
            break
        server.sendall(data)
        answer = server.recv(BUFSIZ)
        if not answer:
            break
        sys.stdout.buffer.write(answer + b'\n')
        sys.stdout.buffer.flush()
