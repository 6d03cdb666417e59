"""The classic UDP time server: tu_srv.py PORT"""
import sys
from socket import AF_INET, SOCK_DGRAM, socket
from time import ctime

BUFSIZ = 1024

with socket(AF_INET, SOCK_DGRAM) as server:
    server.bind(('127.0.0.1', int(sys.argv[1])))
    print('listening on', server.getsockname()[1])
    while True:
        print('waiting for message...')
        data, address = server.recvfrom(BUFSIZ)
        server.sendto(b'[%s] %s' % (ctime().encode('ascii'), data), address)
        print('...received from and returned to:', address)
