"""The classic SocketServer time server, a connection for each line: ts_srv.py PORT"""
import sys
from socketserver import StreamRequestHandler, TCPServer
from time import ctime


class StampHandler(StreamRequestHandler):
    def handle(self):
        print('...connected from:', self.client_address)
        self.wfile.write(b'[%s] %s' % (ctime().encode('ascii'), self.rfile.readline()))


with TCPServer(('127.0.0.1', int(sys.argv[1])), StampHandler) as server:
    print('listening on', server.server_address[1])
    server.serve_forever()
