package dev.hawser.examples;

import dev.hawser.examples.DnsQuery.Question;
import dev.hawser.socket.Sockaddr;
import dev.hawser.socketserver.DatagramRequest;
import dev.hawser.socketserver.ThreadingUdpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers DNS queries for addresses (A and AAAA) from a table, which is text as in /etc/hosts. Try it with {@code dig -p 7053
 * @127.0.0.1 localhost}.
 *
 * <p>It is no help to those who send in the name of others: it asks nobody else, an answer has the question and its addresses and
 * nothing more, 512 bytes at most, and what is an answer itself gets none. Where the addresses do not fit, there are none, and
 * the flag that tells it (TC) is set.
 *
 * <p>Source: RFC 1035; RFC 6891 for EDNS, of which it knows that it exists; hosts(5).
 */
public final class DnsServer extends ThreadingUdpServer implements ExampleServer<DatagramRequest> {

    private static final int MAX_QUERY_BYTES = 1232;
    private static final int MAX_QUERIES_AT_ONCE = 1000;

    private static final int CLASS_INTERNET = 1;

    private final PrintStream log;
    private final AtomicLong answered;

    /** Receives from now on. */
    public DnsServer(Sockaddr address, HostsTable table, PrintStream log) throws IOException {
        this(address, table, log, new AtomicLong());
    }

    private DnsServer(Sockaddr address, HostsTable table, PrintStream log, AtomicLong answered) throws IOException {
        super(address, (request, client, server) -> {
            DnsQuery query = DnsQuery.parse(request.data());
            if (query != null) {
                DnsAnswer answer = answer(query, table);
                request.socket().sendTo(answer.bytes(), client);
                answered.incrementAndGet();
                log.println(answer + ", to " + client);
            }
        });
        this.log = log;
        this.answered = answered;
    }

    /** Serves on {@code HOST:PORT}, the first argument, or on port 7053 of this machine, from the file that is the second. */
    public static void main(String[] args) throws IOException {
        HostPort where = HostPort.parse(args.length > 0 ? args[0] : "127.0.0.1:7053");
        HostsTable table = HostsTable.read(Path.of(args.length > 1 ? args[1] : "/etc/hosts"));
        PrintStream log = System.out;
        try (DnsServer server = new DnsServer(where.toSockaddr(), table, log)) {
            log.println("dns server on " + server.address());
            server.serve();
        }
    }

    @Override
    public int maxPacketSize() {
        return MAX_QUERY_BYTES;
    }

    @Override
    public int maxRequests() {
        return MAX_QUERIES_AT_ONCE;
    }

    @Override
    public PrintStream log() {
        return log;
    }

    @Override
    public String served() {
        return answered.get() + (answered.get() == 1 ? " query" : " queries");
    }

    static DnsAnswer answer(DnsQuery query, HostsTable table) {
        Question question = query.question();
        if (query.opcode() != 0) {
            return new DnsAnswer(query, DnsAnswer.NOTIMP, List.of());
        }
        if (question == null) {
            return new DnsAnswer(query, DnsAnswer.FORMERR, List.of());
        }
        if (query.edns() > 0) {
            return new DnsAnswer(query, DnsAnswer.BADVERS, List.of());
        }
        if (question.ofClass() != CLASS_INTERNET) {
            return new DnsAnswer(query, DnsAnswer.REFUSED, List.of());
        }
        List<byte[]> all = table.addresses(question.key());
        if (all == null) {
            return new DnsAnswer(query, DnsAnswer.NXDOMAIN, List.of());
        }
        // Of a name without addresses of the type that is asked for there is an answer, an empty one.
        int bytes = question.type() == Question.TYPE_A ? 4 : question.type() == Question.TYPE_AAAA ? 16 : -1;
        List<byte[]> wanted =
                all.stream().filter(address -> address.length == bytes).toList();
        return new DnsAnswer(query, DnsAnswer.NOERROR, wanted);
    }
}
