package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_INET;
import static dev.hawser.socket.Constants.AF_INET6;
import static dev.hawser.socket.Constants.AF_UNSPEC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Look-ups of files of this machine, compared with CPython's. */
@Timeout(60)
class NamesAsInCPythonTest {

    private static final String CPYTHON = """
            import socket, sys
            from socket import *
            for line in sys.stdin:
                try:
                    print(eval(line))
                except gaierror as e:
                    print('gaierror', e.args[0])
                except herror as e:
                    print('herror', e.args[0])
                except OSError as e:
                    print('OSError', e.args[0])
            """;

    @Test
    void servicesAndProtocols() throws Exception {
        try (CPython python = new CPython(CPYTHON)) {
            for (String name : List.of("http", "https", "domain", "ssh", "www", "no-such", "", "HTTP")) {
                same(python, "getservbyname('" + name + "')", () -> Services.getServByName(name));
                for (String protocol : List.of("tcp", "udp", "sctp", "")) {
                    same(
                            python,
                            "getservbyname('" + name + "', '" + protocol + "')",
                            () -> Services.getServByName(name, protocol));
                }
            }
            for (int port : new int[] {0, 22, 53, 80, 443, 65535}) {
                same(python, "getservbyport(" + port + ")", () -> Services.getServByPort(port));
                same(python, "getservbyport(" + port + ", 'udp')", () -> Services.getServByPort(port, "udp"));
            }
            for (String name : List.of("icmp", "tcp", "UDP", "ipv6-icmp", "no-such", "")) {
                same(python, "getprotobyname('" + name + "')", () -> Services.getProtoByName(name));
            }
        }
    }

    @Test
    void hosts() throws Exception {
        try (CPython python = new CPython(CPYTHON)) {
            same(python, "gethostname()", NameService::getHostName);
            same(python, "getfqdn()", NameService::getFqdn);
            for (String host :
                    List.of("localhost", "127.0.0.1", "127.1", "", "<broadcast>", "255.255.255.255", "::1")) {
                same(python, "gethostbyname('" + host + "')", () -> NameService.getHostByName(host));
            }
            for (String host : List.of("localhost", "127.0.0.1", "0.0.0.0", "")) {
                same(python, "getfqdn('" + host + "')", () -> NameService.getFqdn(host));
            }
            same(
                    python,
                    "'%s %s %s' % tuple(' '.join(x) if isinstance(x, list) else x for x in gethostbyname_ex('localhost'))",
                    () -> text(NameService.getHostByNameEx("localhost")));
            same(
                    python,
                    "'%s %s %s' % tuple(' '.join(x) if isinstance(x, list) else x for x in gethostbyaddr('127.0.0.1'))",
                    () -> text(NameService.getHostByAddr("127.0.0.1")));
        }
    }

    @Test
    void answersOfGetAddrInfo() throws Exception {
        try (CPython python = new CPython(CPYTHON)) {
            for (String host : List.of("localhost", "127.0.0.1", "::1", "fe80::1%lo", "::ffff:1.2.3.4")) {
                for (int family : new int[] {AF_UNSPEC, AF_INET, AF_INET6}) {
                    for (int flags : new int[] {
                        0,
                        Constants.AI_PASSIVE,
                        Constants.AI_CANONNAME,
                        Constants.AI_NUMERICHOST,
                        Constants.AI_V4MAPPED | Constants.AI_ALL,
                        Constants.AI_NUMERICSERV
                    }) {
                        same(
                                python,
                                "' '.join('%d,%d,%d,%s,%d' % (*map(int, a[:3]), a[3], a[4][1]) for a in getaddrinfo('"
                                        + host + "', 'http', " + family + ", 0, 0, " + flags + "))",
                                () -> text(
                                        NameService.getAddrInfo(host, "http", new AddrInfoHints(family, 0, 0, flags))));
                    }
                }
            }
        }
    }

    @Test
    void namesOfAddresses() throws Exception {
        try (CPython python = new CPython(CPYTHON)) {
            for (int flags : new int[] {0, 1, 2, 3, Constants.NI_DGRAM, Constants.NI_NAMEREQD | Constants.NI_NOFQDN}) {
                same(python, "' '.join(getnameinfo(('127.0.0.1', 80), " + flags + "))", () -> {
                    NameInfo names = NameService.getNameInfo(SockaddrIn.of("127.0.0.1", 80), flags);
                    return names.host() + " " + names.service();
                });
            }
        }
    }

    @Test
    void aNameInAnotherScriptIsWrittenInAscii() {
        assertThat(HostNames.toAscii("b\u00fccher.example")).isEqualTo("xn--bcher-kva.example");
    }

    private static String text(HostEntry entry) {
        return entry.name() + " " + String.join(" ", entry.aliases()) + " " + String.join(" ", entry.addresses());
    }

    private static String text(List<AddrInfo> answers) {
        return String.join(
                " ",
                answers.stream()
                        .map(info -> info.family() + "," + info.type() + "," + info.protocol() + ","
                                + (info.canonicalName() == null ? "" : info.canonicalName()) + ","
                                + (info.address() instanceof SockaddrIn in
                                        ? in.port()
                                        : ((SockaddrIn6) info.address()).port()))
                        .toList());
    }

    private static void same(CPython python, String question, Callable<?> ours) throws Exception {
        python.say(question);
        String expected = python.line();
        String actual;
        try {
            actual = String.valueOf(ours.call());
        } catch (GaiException e) {
            actual = "gaierror " + e.code();
        } catch (HostException e) {
            actual = "herror " + e.code();
        } catch (NoSuchEntryException e) {
            actual = "OSError " + e.details().reason();
        }
        assertThat(actual).as(question).isEqualTo(expected);
    }
}
