package dev.hawser.socketserver;

import dev.hawser.socket.Sockaddr;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/** What servers report, to the logger of the package. */
final class ServerLog {

    private static final Logger LOGGER = System.getLogger("dev.hawser.socketserver");

    private ServerLog() {}

    static void failed(Sockaddr clientAddress, Throwable error) {
        LOGGER.log(Level.ERROR, "a request from " + clientAddress + " has failed", error);
    }

    static void cannotTake(Sockaddr serverAddress, Throwable error) {
        LOGGER.log(Level.WARNING, "cannot take requests for now on " + serverAddress, error);
    }

    /** A worker's own failure, or its handler's to load; not that of a request. */
    static void workerFails(Worker<?> worker, Throwable error) {
        LOGGER.log(Level.ERROR, worker + " fails", error);
    }

    static void poolFails(Sockaddr serverAddress, Throwable error) {
        LOGGER.log(Level.ERROR, "the pool of workers for " + serverAddress + " fails", error);
    }

    static void cannotConnectWorker(Throwable error) {
        LOGGER.log(Level.WARNING, "cannot take the connection of a worker for now", error);
    }

    static void turnedAway(long pid) {
        LOGGER.log(Level.WARNING, "process " + pid + " is no worker of this server, and was turned away");
    }

    static void cannotStartWorkers(Sockaddr serverAddress, Throwable reason) {
        LOGGER.log(Level.ERROR, "cannot start worker processes for now for " + serverAddress, reason);
    }

    static void workerEnded(Sockaddr serverAddress, WorkerDiedException death) {
        LOGGER.log(Level.WARNING, "of the workers for " + serverAddress + ", " + death.getMessage());
    }

    static void notShutDown(Sockaddr clientAddress, Throwable error) {
        LOGGER.log(Level.WARNING, "cannot shut a request down from " + clientAddress, error);
    }

    static void notAborted(Object request, Throwable error) {
        LOGGER.log(Level.WARNING, "cannot close the connection of " + request, error);
    }

    static void noPath(String path, Throwable error) {
        LOGGER.log(Level.DEBUG, "workers cannot find classes in " + path, error);
    }

    /** Workers start slower, and that is all. */
    static void noCache(Path path, Throwable error) {
        LOGGER.log(Level.DEBUG, "workers start without a cache of classes, " + path, error);
    }

    static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot close " + closeable, e);
        }
    }
}
