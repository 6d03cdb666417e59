"""The classic Twisted time server: tw_srv.py PORT"""
import sys
from time import ctime

from twisted.internet import protocol, reactor


class TimeServer(protocol.Protocol):
    def connectionMade(self):
        print('...connected from:', self.transport.getPeer().host)

    def dataReceived(self, data):
        self.transport.write(b'[%s] %s' % (ctime().encode('ascii'), data))


port = reactor.listenTCP(int(sys.argv[1]), protocol.Factory.forProtocol(TimeServer), interface='127.0.0.1')
print('listening on', port.getHost().port)
reactor.run()
