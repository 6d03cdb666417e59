package dev.hawser.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.Errno;
import dev.hawser.socket.SocketClosedException;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a kernel may answer, but seldom does: from a script, or by injected faults. */
class NetlinkAnswersTest {

    private static final int MULTI = 2;
    private static final int INTERRUPTED = 0x10;
    private static final int WORDS = 0x200;

    private final ScriptedKernel kernel = ScriptedKernel.install();

    @AfterEach
    void thisWasAll() {
        kernel.close();
        assertThat(kernel.isDone()).isTrue();
    }

    @Test
    void aListComesInSeveralDatagrams() throws IOException {
        kernel.answers(item("a"), item("b")).answers(item("c")).answers(done(0));
        assertThat(list()).containsExactly("a", "b", "c");
        assertThat(kernel.requests()).isEqualTo(1);
    }

    @Test
    void aListThatWasChangedMeanwhileIsAskedForAgain() throws IOException {
        kernel.answers(item("a"), new NetlinkMessage(99, MULTI | INTERRUPTED, 1, 0, text("b")))
                .answers(done(0));
        kernel.answers(item("a")).answers(done(INTERRUPTED));
        kernel.answers(item("a"), item("c"), done(0));
        assertThat(list()).containsExactly("a", "c");
        assertThat(kernel.requests()).isEqualTo(3);
    }

    @Test
    void aListThatNeverStandsStillIsAnError() {
        IntStream.range(0, 20).forEach(i -> kernel.answers(done(INTERRUPTED)));
        assertThatThrownBy(this::list)
                .isInstanceOf(NetlinkException.class)
                .hasMessage("list things: EINTR (Interrupted system call): it changed during each of 20 attempts");
    }

    @Test
    void messagesOfOthersAreLeftOut() throws IOException {
        kernel.sends(4711, item("from a process"), done(0));
        kernel.answers(
                new NetlinkMessage(99, MULTI, 2, 0, text("another request's")),
                new NetlinkMessage(99, MULTI, 1, 12345, text("another socket's")),
                new NetlinkMessage(3, MULTI, 2, 0, new byte[4]));
        kernel.answers(item("ours"), done(0));
        assertThat(list()).containsExactly("ours");
    }

    @Test
    void aRefusalHasTheKernelsWords() {
        byte[] words = text("Invalid header for dump request\0");
        ByteBuffer error = ByteBuffer.allocate(20 + 4 + words.length).order(ByteOrder.nativeOrder());
        error.putInt(-Errno.EINVAL).putInt(16).position(20);
        error.putShort((short) (4 + words.length)).putShort((short) 1).put(words);
        kernel.answers(new NetlinkMessage(2, WORDS | 0x100, 1, 0, error.array()));
        assertThatThrownBy(this::list)
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessage("list things: EINVAL (Invalid argument): Invalid header for dump request");
    }

    @Test
    void aListMayEndWithAnError() {
        kernel.answers(item("a"), new NetlinkMessage(3, MULTI, 1, 0, number(-Errno.ENOENT)));
        assertThatThrownBy(this::list)
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errnoName()).isEqualTo("ENOENT"));
    }

    @Test
    void aTableThatTheKernelLacksIsNamed() {
        kernel.answers(new NetlinkMessage(3, MULTI, 1, 0, number(-Errno.ENOENT)));
        assertThatThrownBy(SocketTable::udp)
                .isInstanceOf(NetlinkException.class)
                .hasMessage("list UDP sockets: ENOENT (No such file or directory): "
                        + "this kernel was built without sock_diag for it (CONFIG_INET_UDP_DIAG)");
    }

    @Test
    void aKernelWithoutSockDiagIsNamed() {
        try (Faults faults = Faults.install()) {
            faults.on("socket").fail(Errno.EPROTONOSUPPORT);
            assertThatThrownBy(SocketTable::unix)
                    .isInstanceOf(NetlinkException.class)
                    .hasMessageContaining("EPROTONOSUPPORT")
                    .hasMessageEndingWith("this kernel was built without sock_diag for it (CONFIG_INET_DIAG)")
                    .hasCauseInstanceOf(SocketFailedException.class);
        }
    }

    @Test
    void whatDidNotFitIsAskedForAgainWithMoreRoom() throws IOException {
        byte[] large = new byte[100_000];
        kernel.sendsTooMuch(large.length + 16 + 20);
        kernel.answers(new NetlinkMessage(99, MULTI, 1, 0, large), done(0));
        assertThat(list()).singleElement().satisfies(text -> assertThat(text).hasSize(large.length));
    }

    @Test
    void aDatagramThatIsNoneOfNetlinksEndsTheList() {
        kernel.sendsTooMuch(Integer.MAX_VALUE);
        assertThatThrownBy(this::list).isInstanceOf(MalformedNetlinkException.class);
    }

    @Test
    void droppedAnswersAreAskedForAgain() throws IOException {
        kernel.answers(item("a")).fails(Errno.ENOBUFS);
        kernel.answers(new NetlinkMessage(4, 0, 1, 0, new byte[0]));
        kernel.answers(item("a"), item("b"), done(0));
        assertThat(list()).containsExactly("a", "b");
    }

    @Test
    void aSignalIsNoticedByNobody() throws IOException {
        kernel.fails(Errno.EINTR).answers(item("a")).fails(Errno.EINTR).answers(done(0));
        assertThat(list()).containsExactly("a");
    }

    @Test
    void aKernelWithoutWordsDoesAsWell() throws IOException {
        try (Faults faults = Faults.install()) {
            faults.on("setSockOpt").fail(Errno.ENOPROTOOPT);
            kernel.answers(item("a"), done(0));
            assertThat(list()).containsExactly("a");
        }
    }

    @Test
    void malformedAnswersEndTheList() {
        kernel.sendsBytes(0, new byte[] {1, 2, 3});
        assertThatThrownBy(this::list).isInstanceOf(MalformedNetlinkException.class);
    }

    @Test
    void aWatchTellsThatEventsWereLostAndGoesOn() throws IOException {
        NetlinkMessage link = link(7, "eth7");
        kernel.answers(link, done(0)); // the list at the beginning
        try (NetworkWatch watch = NetworkWatch.open(WatchTopic.LINKS)) {
            kernel.fails(Errno.ENOBUFS);
            kernel.answers(link, link(8, "eth8"), done(0)); // the list afterwards
            kernel.answers(link(8, "eth8"), link(9, "eth9"));
            assertThat(watch.next()).isEqualTo(new NetworkEvent.EventsLost("the kernel dropped messages (ENOBUFS)"));
            assertThat(watch.next())
                    .isInstanceOfSatisfying(
                            NetworkEvent.LinkChanged.class,
                            e -> assertThat(e.link().name()).isEqualTo("eth8"));
            assertThat(watch.next())
                    .isInstanceOfSatisfying(
                            NetworkEvent.LinkAdded.class,
                            e -> assertThat(e.link().name()).isEqualTo("eth9"));
        }
    }

    @Test
    void anEventThatDoesNotFitIsLost() throws IOException {
        try (NetworkWatch watch = NetworkWatch.open(WatchTopic.ROUTES)) {
            kernel.sendsTooMuch(70_000);
            assertThat(watch.next(Duration.ofSeconds(5)))
                    .isEqualTo(new NetworkEvent.EventsLost("a datagram of 70000 bytes did not fit into 65536"));
        }
    }

    @Test
    void aWatchHearsNobodyButTheKernelAndSurvivesNonsense() throws IOException {
        kernel.answers(done(0));
        try (NetworkWatch watch = NetworkWatch.open(WatchTopic.LINKS)) {
            kernel.sends(4711, link(1, "forged"));
            kernel.answers(new NetlinkMessage(16, 0, 0, 0, new byte[3]));
            kernel.answers(link(2, "real"));
            assertThatThrownBy(watch::next).isInstanceOf(MalformedNetlinkException.class);
            assertThat(watch.next()).isInstanceOf(NetworkEvent.LinkAdded.class);
        }
    }

    @Test
    void aClosedWatchTellsNothingMoreOfWhatHasComeAlready() throws IOException {
        kernel.answers(done(0));
        NetworkWatch watch = NetworkWatch.open(WatchTopic.LINKS);
        kernel.answers(link(1, "eth1"), link(2, "eth2"));
        assertThat(watch.next()).isInstanceOf(NetworkEvent.LinkAdded.class);
        watch.close();
        assertThatThrownBy(watch::next).isInstanceOf(SocketClosedException.class);
        assertThatThrownBy(() -> watch.next(Duration.ZERO)).isInstanceOf(SocketClosedException.class);
    }

    @Test
    void aLinkThatLeavesItsBridgeIsNotRemoved() throws IOException {
        kernel.answers(link(3, "eth3"), done(0));
        try (NetworkWatch watch = NetworkWatch.open(WatchTopic.LINKS)) {
            byte[] ofBridge = link(3, "eth3").payload();
            ofBridge[0] = 7; // AF_BRIDGE
            kernel.answers(new NetlinkMessage(17, 0, 0, 0, ofBridge));
            kernel.answers(new NetlinkMessage(17, 0, 0, 0, link(3, "eth3").payload()));
            assertThat(watch.next()).isInstanceOf(NetworkEvent.LinkRemoved.class);
        }
    }

    private List<String> list() throws IOException {
        return NetlinkSocket.list(
                "list things",
                NetlinkSocket.ROUTE,
                18,
                new byte[16],
                message -> new String(message.payload(), StandardCharsets.UTF_8));
    }

    private static NetlinkMessage item(String text) {
        return new NetlinkMessage(99, MULTI, 1, 0, text(text));
    }

    private static NetlinkMessage done(int flags) {
        return new NetlinkMessage(3, MULTI | flags, 1, 0, new byte[4]);
    }

    private static NetlinkMessage link(int index, String name) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + 4 + 8).order(ByteOrder.nativeOrder());
        bytes.putInt(4, index).putShort(16, (short) (4 + name.length() + 1)).putShort(18, (short) 3);
        bytes.put(20, text(name));
        return new NetlinkMessage(16, MULTI, 1, 0, bytes.array());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }
}
