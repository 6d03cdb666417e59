package dev.hawser.socket;

import static dev.hawser.socket.Constants.AF_UNIX;
import static dev.hawser.socket.Constants.SOCK_DGRAM;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses between Hawser, java.net and the kernel. */
@Timeout(30)
class SockaddrTest {

    @AutoClose
    final Scope scope = new Scope();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:80",
                "255.255.255.255:65535",
                "[::1]:80",
                "[2001:db8::1]:0",
                "[fe80::1%3]:9",
                "unix:/a/b"
            })
    void javaNetHasTheSameAddress(String text) {
        Sockaddr address = Sockaddr.parse(text);

        assertThat(Sockaddr.of(address.toJavaNet())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:80",
                "[fe80::1%3]:9",
                "unix:/a/b",
                "unix:@name",
                "unix:",
                "netlink:1234/0x11",
                "vsock:2:1024",
                "can:lo"
            })
    void itsBytesAreTheSameAddress(String text) {
        Sockaddr address = Sockaddr.parse(text);

        assertThat(Sockaddr.ofBytes(address.toBytes())).isEqualTo(address);
    }

    @Test
    void itsBytesAreTheKernels() {
        byte[] bytes = SockaddrIn.of("1.2.3.4", 0x1234).toBytes();

        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getShort(0))
                .isEqualTo((short) Constants.AF_INET);
        assertThat(Arrays.copyOfRange(bytes, 2, 8)).containsExactly(0x12, 0x34, 1, 2, 3, 4);
        assertThat(bytes).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 129})
    void soFewOrSoManyBytesAreNoAddress(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockaddr.ofBytes(new byte[count]))
                .withMessageContaining(" " + count + " bytes");
    }

    @Test
    void bytesThatAreTooFewForTheirFamilyAreKeptAsTheyAre() {
        byte[] cut = Arrays.copyOf(SockaddrIn.of("1.2.3.4", 80).toBytes(), 7);

        assertThat(Sockaddr.ofBytes(cut)).isInstanceOf(SockaddrOther.class);
        assertThat(Sockaddr.ofBytes(cut).toBytes()).isEqualTo(cut);
    }

    @Test
    void internetAddressesKeepTheirFamily() throws IOException {
        assertThat(SockaddrIn.of("127.0.0.1", 80).toJavaNet())
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 80));
        assertThat(SockaddrIn.of("127.0.0.1", 80).toJavaNet().getAddress()).isInstanceOf(Inet4Address.class);
        assertThat(SockaddrIn6.of("::1", 80).toJavaNet())
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("::1"), 80));
        assertThat(Sockaddr.of(InetAddress.ofLiteral("10.1.2.3"), 5)).isEqualTo(SockaddrIn.of("10.1.2.3", 5));
        assertThat(Sockaddr.of(InetAddress.ofLiteral("::5"), 5)).isEqualTo(SockaddrIn6.of("::5", 5));
    }

    @Test
    void anIpv4MappedAddressStaysIpv6() {
        SockaddrIn6 mapped = SockaddrIn6.of("::ffff:127.0.0.1", 80);
        InetSocketAddress converted = mapped.toJavaNet();

        assertThat(converted.getAddress()).isInstanceOf(Inet6Address.class);
        assertThat(Sockaddr.of(converted)).isEqualTo(mapped);
    }

    @Test
    void whatJavaNetDoesNotHaveIsSaid() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> SockaddrUn.ofAbstract("name").toJavaNet())
                .withMessageContaining("unix:@name");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> new SockaddrOther(17, new byte[2]).toJavaNet())
                .withMessageContaining("17");
    }

    /** Behind {@code struct sockaddr_storage} in a message lie the pointers of the next. */
    @Test
    void noAddressIsLongerThanTheKernels() {
        assertThat(new SockaddrOther(17, new byte[126]).data()).hasSize(126);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SockaddrOther(17, new byte[127]))
                .withMessageContaining("127");
    }

    @Test
    void whatIsNoAddressOfTheKernelIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sockaddr.of(InetSocketAddress.createUnresolved("example.invalid", 80)))
                .withMessageContaining("example.invalid");
        SocketAddress foreign = new SocketAddress() {
            private static final long serialVersionUID = 1L;
        };
        assertThatIllegalArgumentException().isThrownBy(() -> Sockaddr.of(foreign));
    }

    @Test
    void unixAddressesConvert() {
        assertThat(SockaddrUn.of("/a/b").toJavaNet()).isEqualTo(UnixDomainSocketAddress.of("/a/b"));
        assertThat(SockaddrUn.of(Path.of("/a/b"))).isEqualTo(SockaddrUn.of("/a/b"));
        assertThat(SockaddrUn.of("/a/b").path()).isEqualTo("/a/b");
        assertThat(SockaddrUn.of("")).isEqualTo(SockaddrUn.UNNAMED);
        assertThat(SockaddrUn.UNNAMED.isUnnamed()).isTrue();
        assertThat(SockaddrUn.UNNAMED.isAbstract()).isFalse();
        assertThat(SockaddrUn.ofAbstract("x").isAbstract()).isTrue();
        assertThat(SockaddrUn.ofAbstract("x").name()).isEqualTo(new byte[] {0, 'x'});
        assertThat(SockaddrUn.ofAbstract("x")).isNotEqualTo(SockaddrUn.of("x"));
    }

    @Test
    void namesAreCopied() {
        byte[] bytes = {'a', 'b'};
        SockaddrUn address = new SockaddrUn(bytes);
        bytes[0] = 'x';
        address.name()[1] = 'y';

        assertThat(address.path()).isEqualTo("ab");
    }

    @Test
    void pathsAndNamesHaveAtMost108Bytes() {
        String longest = "p".repeat(108);
        assertThat(SockaddrUn.of(longest).path()).isEqualTo(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SockaddrUn.of(longest + "q"))
                .withMessageContaining("109 bytes")
                .withMessageContaining("at most 108")
                .withMessageContaining(longest + "q");
        assertThatIllegalArgumentException().isThrownBy(() -> SockaddrUn.of("\u20ac".repeat(37)));
        assertThat(SockaddrUn.ofAbstract(longest.substring(1)).name()).hasSize(108);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SockaddrUn.ofAbstract(longest))
                .withMessageContaining("at most 108");
        assertThatIllegalArgumentException().isThrownBy(() -> SockaddrUn.of("a\0b"));
    }

    @Test
    void theLongestNamesWork() throws IOException {
        String directory = scope.directory().toString();
        for (int length = 106; length <= 108; length++) {
            SockaddrUn path = SockaddrUn.of(directory + "/" + "p".repeat(length - 1 - directory.length()));
            assertThat(path.name()).hasSize(length);
            assertGoesThroughTheKernel(path);
        }

        byte[] name = new byte[108];
        Arrays.fill(name, 1, 108, (byte) 'a');
        name[50] = 0;
        name[107] = 0;
        assertGoesThroughTheKernel(new SockaddrUn(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "127.255.3.4:0", "0.0.0.0:0", "[::1]:0", "[::]:0", "[::ffff:127.0.0.1]:0"})
    void internetAddressesGoThroughTheKernel(String text) throws IOException {
        Sockaddr wanted = Sockaddr.parse(text);
        Sockaddr got = scope.bound(SOCK_STREAM, wanted).getSockName();

        assertThat(withoutPort(got)).isEqualTo(withoutPort(wanted));
        assertThat(got).isNotEqualTo(wanted);
        try (Socket datagrams = new Socket(got.family(), SOCK_DGRAM)) {
            datagrams.bind(got);
            assertThat(datagrams.getSockName()).isEqualTo(got);
        }
    }

    private static Sockaddr withoutPort(Sockaddr address) {
        return address instanceof SockaddrIn in
                ? new SockaddrIn(in.address(), 0)
                : new SockaddrIn6(((SockaddrIn6) address).high(), ((SockaddrIn6) address).low(), 0, 0, 0);
    }

    @Test
    void unixAddressesGoThroughTheKernel() throws IOException {
        assertGoesThroughTheKernel(scope.unixPath());
        assertGoesThroughTheKernel(Scope.unixAbstract());
        assertGoesThroughTheKernel(SockaddrUn.of(scope.directory().resolve("\u00e4\u20ac \ud83d\ude00")));
        assertGoesThroughTheKernel(new SockaddrUn(new byte[] {0, (byte) 0xff, 0, 'x', 0}));
    }

    @Test
    void aPathThatIsNoUtf8KeepsItsBytes() throws IOException {
        String directory = scope.directory() + "/";
        byte[] name = Arrays.copyOf(Bytes.of(directory), directory.length() + 2);
        name[directory.length()] = (byte) 0xff;
        name[directory.length() + 1] = 'x';
        SockaddrUn address = new SockaddrUn(name);
        Socket listener = scope.bound(SOCK_STREAM, address);
        listener.listen();
        Socket client = scope.socket(AF_UNIX, SOCK_STREAM);
        client.connect(listener.getSockName());

        assertThat(client.getPeerName()).isEqualTo(address);
        assertThat(((SockaddrUn) client.getPeerName()).name()).isEqualTo(name);
        try (CPython python = new CPython("import os, sys; os.unlink(bytes.fromhex(sys.argv[1]))", hex(name))) {
            python.finish();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void closeLeavesThePathBehind() throws IOException {
        SockaddrUn path = scope.unixPath();
        scope.bound(SOCK_STREAM, path).close();

        assertThat(Files.exists(Path.of(path.path()))).isTrue();
    }

    @Test
    void bindingToTheUnnamedAddressHasTheKernelChooseAName() throws IOException {
        Socket socket = scope.socket(AF_UNIX, SOCK_STREAM);
        assertThat(socket.getSockName()).isEqualTo(SockaddrUn.UNNAMED);
        socket.bind(SockaddrUn.UNNAMED);

        SockaddrUn chosen = (SockaddrUn) socket.getSockName();
        assertThat(chosen.isAbstract()).isTrue();
        assertThat(chosen.toString()).matches("unix:@[0-9a-f]{5}");
    }

    @Test
    void aPeerMayHaveAPathWithoutAZero() throws IOException {
        String path = scope.directory() + "/";
        path += "p".repeat(108 - path.length());
        byte[] struct = new byte[110];
        ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX);
        System.arraycopy(Bytes.of(path), 0, struct, 2, 108);

        Socket listener = scope.listener(Scope.unixAbstract());
        Socket client = scope.socket(AF_UNIX, SOCK_STREAM);
        assertThat(SystemCalls.LIBC.bind(client.fileno(), MemorySegment.ofArray(struct), 110))
                .isZero();
        client.connect(listener.getSockName());
        Accepted accepted = listener.accept();
        scope.add(accepted.socket());
        assertThat(accepted.address()).isEqualTo(SockaddrUn.of(path));
        Files.delete(Path.of(path));

        Socket mailbox = scope.bound(SOCK_DGRAM, Scope.unixAbstract());
        Socket sender = scope.socket(AF_UNIX, SOCK_DGRAM);
        assertThat(SystemCalls.LIBC.bind(sender.fileno(), MemorySegment.ofArray(struct), 110))
                .isZero();
        sender.sendTo(Bytes.of("letter"), mailbox.getSockName());
        Received letter = mailbox.recvFrom(10);
        assertThat(letter.data()).isEqualTo(Bytes.of("letter"));
        assertThat(letter.address()).isEqualTo(SockaddrUn.of(path));
    }

    @Test
    void whateverTheKernelWritesIsSomeAddress() {
        Random random = new Random(1);
        int[] families = {0, AF_UNIX, Constants.AF_INET, Constants.AF_INET6, Constants.AF_NETLINK, 0xffff};
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = new byte[128];
            if (i % 3 > 0) {
                random.nextBytes(bytes);
            }
            int family = families[i % families.length];
            ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putShort((short) family);
            Sockaddr address = SockaddrCodec.decode(bytes, 2 + random.nextInt(140));
            assertThat(address).isNotNull().extracting(Sockaddr::family).isEqualTo(family);
            assertThat(address.toString()).isNotEmpty();
        }
    }

    private void assertGoesThroughTheKernel(SockaddrUn address) throws IOException {
        Socket listener = scope.bound(SOCK_STREAM, address);
        assertThat(listener.getSockName()).isEqualTo(address);
        listener.listen();
        Socket client = scope.socket(AF_UNIX, SOCK_STREAM);
        client.connect(address);
        assertThat(client.getPeerName()).isEqualTo(address);
        assertThat(scope.accept(listener).getPeerName()).isEqualTo(SockaddrUn.UNNAMED);
    }
}
