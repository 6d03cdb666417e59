"""The classic UDP time client: tu_clt.py HOST PORT"""
import sys
from socket import AF_INET, SOCK_DGRAM, socket

BUFSIZ = 1024

with socket(AF_INET, SOCK_DGRAM) as client:
    server = (sys.argv[1], int(sys.argv[2]))
    for line in sys.stdin.buffer:
        data = line.rstrip(b'\n')
        if not data:
            break
        client.sendto(data, server)
        answer, _ = client.recvfrom(BUFSIZ)
        if not answer:
            break
        sys.stdout.buffer.write(answer + b'\n')
        sys.stdout.buffer.flush()
