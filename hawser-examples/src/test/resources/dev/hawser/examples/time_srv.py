"""The classic TCP time server, one client at a time: time_srv.py PORT"""
import sys
from socket import AF_INET, SOCK_STREAM, socket
from time import ctime

BUFSIZ = 1024

with socket(AF_INET, SOCK_STREAM) as listener:
    listener.bind(('127.0.0.1', int(sys.argv[1])))
    listener.listen(5)
    print('listening on', listener.getsockname()[1])
    while True:
        print('waiting for connection...')
        client, address = listener.accept()
        print('...connected from:', address)
        with client:
            while data := client.recv(BUFSIZ):
                client.sendall(b'[%s] %s' % (ctime().encode('ascii'), data))
