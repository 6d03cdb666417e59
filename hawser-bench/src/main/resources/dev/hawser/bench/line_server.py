"""line_server.py TYPE BACKLOG: answers a line with itself, on a server of that type in socketserver.

Prints its port, and ends when standard input does.
"""

import os
import socketserver
import sys
import threading


class LineHandler(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.readline(1024))


class Server(getattr(socketserver, sys.argv[1])):
    allow_reuse_address = True
    request_queue_size = int(sys.argv[2])


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


with Server(("127.0.0.1", 0), LineHandler) as server:
    threading.Thread(target=end_with_parent, daemon=True).start()
    print(server.server_address[1], flush=True)
    server.serve_forever()
