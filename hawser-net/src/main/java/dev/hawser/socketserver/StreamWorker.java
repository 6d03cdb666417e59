package dev.hawser.socketserver;

import dev.hawser.netpoll.Timeouts;
import dev.hawser.socket.Constants;
import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.Socket;
import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/** A worker that gets connections. */
record StreamWorker(WorkerLife<Socket> life) implements StreamServer, WorkerServer<Socket> {

    @Override
    public Socket request(WorkerMessage.Request message, PassedDescriptors passed) throws IOException {
        if (passed.count() == 0) {
            throw new ProtocolException("a request without its connection");
        }
        Socket connection = passed.takeSocket(0);
        connection.setTimeout(Timeouts.duration(message.timeoutNanos()));
        return connection;
    }

    @Override
    public int socketType() {
        return Constants.SOCK_STREAM;
    }

    @Override
    public void serverActivate() {
        WorkerServer.super.serverActivate();
    }

    @Override
    public @Nullable ReceivedRequest<Socket> getRequest() {
        return WorkerServer.super.getRequest();
    }
}
