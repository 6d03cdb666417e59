package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The snippets of the Javadoc, compiled and run. */
class SocketSnippetsTest {

    @Test
    void clientTalksToServer() throws IOException {
        Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0));
        int port = ((SockaddrIn) server.getSockName()).port();
        Thread.startVirtualThread(() -> serve(server));
        assertThat(ask(port)).isEqualTo("hello");
        server.close();
    }

    // @start region="client"
    static String ask(int port) throws IOException {
        try (Socket socket = Sockets.createConnection("localhost", port)) {
            socket.setTimeout(Duration.ofSeconds(5));
            socket.sendAll("hello".getBytes(StandardCharsets.UTF_8));
            socket.shutdown(Constants.SHUT_WR);
            return new String(socket.recv(1024), StandardCharsets.UTF_8);
        }
    }
    // @end

    // @start region="server"
    static void serve(Socket server) {
        try {
            while (true) {
                Socket peer = server.accept().socket();
                Thread.startVirtualThread(() -> echo(peer));
            }
        } catch (SocketClosedException e) {
            // another thread has closed the server: the regular end
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void echo(Socket peer) {
        byte[] buffer = new byte[8192];
        try (peer) {
            for (int n = peer.recvInto(buffer); n > 0; n = peer.recvInto(buffer)) {
                peer.sendAll(buffer, 0, n, 0);
            }
        } catch (IOException e) {
            System.err.println("lost " + peer + ": " + e.getMessage());
        }
    }
    // @end

    // @start region="relay"
    static void proxy(Socket client, Socket server) {
        Thread.startVirtualThread(() -> pass(server, client));
        pass(client, server);
    }

    static void pass(Socket from, Socket to) {
        try {
            new Relay(from, to).copy();
            to.shutdown(Constants.SHUT_WR);
        } catch (IOException e) {
            System.err.println("lost " + from + ": " + e.getMessage());
        }
    }
    // @end

    @Test
    void aServiceWithoutAManagerListensByItself() throws IOException {
        try (Socket listener = listener(SockaddrIn.of("127.0.0.1", 0))) {
            assertThat(listener.getSockName()).isInstanceOf(SockaddrIn.class);
        }
    }

    // @start region="systemd"
    static Socket listener(Sockaddr otherwise) throws IOException {
        List<ListenFd> passed = Systemd.listenFds();
        Socket listener = passed.isEmpty()
                ? Sockets.createServer(otherwise)
                : passed.getFirst().socket();
        Systemd.notify("READY=1\nSTATUS=listening on " + listener.getSockName());
        return listener;
    }
    // @end

    @Test
    void addressesAreReadAndWritten() {
        // @start region="addresses"
        Sockaddr web = SockaddrIn.of("127.0.0.1", 80);
        Sockaddr any6 = SockaddrIn6.of("::", 8080);
        Sockaddr path = SockaddrUn.of("/run/app.sock");
        Sockaddr name = SockaddrUn.ofAbstract("app");
        Sockaddr same = Sockaddr.parse(web.toString());
        // @end
        assertThat(same).isEqualTo(web);
        assertThat(any6).hasToString("[::]:8080");
        assertThat(path).hasToString("unix:/run/app.sock");
        assertThat(name).hasToString("unix:@app");
    }

    @Test
    void namesAreLookedUp() throws IOException {
        // @start region="names"
        AddrInfoHints hints =
                AddrInfoHints.of(Constants.AF_UNSPEC, Constants.SOCK_STREAM).withFlags(Constants.AI_CANONNAME);
        for (AddrInfo info : NameService.getAddrInfo("localhost", "80", hints, Duration.ofSeconds(5))) {
            System.out.println(info.address()); // such as 127.0.0.1:80
        }
        String address = NameService.getHostByName("localhost");
        NameInfo names = NameService.getNameInfo(SockaddrIn.of(address, 80), Constants.NI_NUMERICSERV);
        // @end
        assertThat(address).isEqualTo("127.0.0.1");
        assertThat(names).isEqualTo(new NameInfo("localhost", "80"));
    }

    @Test
    void servicesAndProtocolsAreLookedUp() throws IOException {
        // @start region="services"
        int https = Services.getServByName("https", "tcp");
        String name = Services.getServByPort(https, "tcp");
        int icmp = Services.getProtoByName("icmp");
        // @end
        assertThat(https).isEqualTo(443);
        assertThat(name).isEqualTo("https");
        assertThat(icmp).isEqualTo(Constants.IPPROTO_ICMP);
    }

    @Test
    void addressesBecomeBytes() {
        // @start region="inet"
        byte[] four = Inet.inetPton(Constants.AF_INET, "192.0.2.1");
        byte[] sixteen = Inet.inetPton(Constants.AF_INET6, "2001:db8::1");
        String text = Inet.inetNtop(Constants.AF_INET6, sixteen);
        int inNetworkOrder = Inet.htons(80);
        // @end
        assertThat(four).containsExactly(192, 0, 2, 1);
        assertThat(text).isEqualTo("2001:db8::1");
        assertThat(inNetworkOrder).isEqualTo(0x5000);
    }

    @Test
    void interfacesHaveNumbers() throws IOException {
        // @start region="interfaces"
        for (InterfaceName each : Interfaces.ifNameIndex()) {
            System.out.println(each.index() + " " + each.name());
        }
        int loopback = Interfaces.ifNameToIndex("lo");
        Sockaddr linkLocal = SockaddrIn6.of("fe80::1%" + loopback, 80);
        // @end
        assertThat(Interfaces.ifIndexToName(loopback)).isEqualTo("lo");
        assertThat(linkLocal).hasToString("[fe80::1%" + loopback + "]:80");
    }

    @Test
    void privileges() {
        SystemCalls before = SystemCalls.install(new SystemCalls() {
            @Override
            public int getEUid() {
                return 0;
            }

            @Override
            public int initGroups(String user, int group) {
                return -Errno.EPERM;
            }
        });
        try {
            assertThatIOException().isThrownBy(SocketSnippetsTest::listenAndGiveUpRoot);
        } finally {
            SystemCalls.install(before);
        }
    }

    private static void listenAndGiveUpRoot() throws IOException {
        // @start region="privileges"
        try (Socket server = Sockets.createServer(SockaddrIn.of("127.0.0.1", 0))) { // port 80, say
            if (Privileges.effectiveUserId() == 0) {
                Privileges.drop("nobody", null);
            }
            server.accept(); // nobody is served as root: where the rights could not be given up, an exception was
            // thrown
        }
        // @end
    }
}
