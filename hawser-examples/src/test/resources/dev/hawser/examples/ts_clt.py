"""The classic SocketServer time client: ts_clt.py HOST PORT"""
import sys
from socket import AF_INET, SOCK_STREAM, socket

BUFSIZ = 1024

for line in sys.stdin.buffer:
    data = line.rstrip(b'\n')
    if not data:
        break
    with socket(AF_INET, SOCK_STREAM) as server:
        server.connect((sys.argv[1], int(sys.argv[2])))
        server.sendall(data + b'\r\n')
        answer = server.recv(BUFSIZ)
    if not answer:
        break
    sys.stdout.buffer.write(answer.removesuffix(b'\r\n') + b'\n')
    sys.stdout.buffer.flush()
