"""The classic Twisted time client: tw_clt.py HOST PORT"""
import sys

from twisted.internet import protocol, reactor


class TimeClient(protocol.Protocol):
    def send(self):
        data = sys.stdin.buffer.readline().rstrip(b'\n')
        if data:
            self.transport.write(data)
        else:
            self.transport.loseConnection()

    def connectionMade(self):
        self.send()

    def dataReceived(self, data):
        sys.stdout.buffer.write(data + b'\n')
        sys.stdout.buffer.flush()
        self.send()


class TimeClientFactory(protocol.ClientFactory):
    protocol = TimeClient

    def clientConnectionLost(self, connector, reason):
        reactor.stop()

    def clientConnectionFailed(self, connector, reason):
        print(reason.value)
        reactor.stop()


reactor.connectTCP(sys.argv[1], int(sys.argv[2]), TimeClientFactory())
reactor.run()
