package dev.hawser.bench;

import java.io.IOException;

/** Runs one Java server in a process of its own: the first line it prints is the port it listens on. */
final class ServerMain {
    private ServerMain() {}

    public static void main(String[] args) throws IOException {
        EchoServer server = EchoServers.inJava(args[0]);
        ParentLink.endWithParent();
        server.serve(0, port -> ParentLink.say(Integer.toString(port)));
    }
}
