package dev.hawser.socketserver;

import dev.hawser.socket.Constants;
import dev.hawser.socket.PassedDescriptors;
import dev.hawser.socket.Socket;
import org.jspecify.annotations.Nullable;

/** A worker that gets datagrams, and has the server's socket to answer with. */
record DatagramWorker(WorkerLife<DatagramRequest> life, Socket socket)
        implements DatagramServer, WorkerServer<DatagramRequest> {

    @Override
    public DatagramRequest request(WorkerMessage.Request message, PassedDescriptors passed) {
        return new DatagramRequest(message.data(), socket);
    }

    @Override
    public int socketType() {
        return Constants.SOCK_DGRAM;
    }

    @Override
    public void serverActivate() {
        WorkerServer.super.serverActivate();
    }

    @Override
    public @Nullable ReceivedRequest<DatagramRequest> getRequest() {
        return WorkerServer.super.getRequest();
    }
}
