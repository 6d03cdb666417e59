package dev.hawser.select;

import static dev.hawser.select.Selector.EVENT_READ;
import static dev.hawser.socket.Constants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.Scope;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketFailedException;
import dev.hawser.testkit.Faults;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which selector a program gets, and what becomes of one that cannot be had. */
class SelectorsTest {

    @AutoClose
    private final Faults faults = Faults.install();

    @AutoClose
    private final Scope scope = new Scope();

    private @Nullable String configured;

    @BeforeEach
    void unset() {
        configured = System.clearProperty(Selectors.PROPERTY);
    }

    @AfterEach
    void reset() {
        if (configured == null) {
            System.clearProperty(Selectors.PROPERTY);
        } else {
            System.setProperty(Selectors.PROPERTY, configured);
        }
    }

    private Selector open() throws IOException {
        return scope.add(Selectors.open());
    }

    @Test
    void epollIsTheFirstChoice() throws IOException {
        assertThat(open()).isInstanceOf(EpollSelector.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.ENOSYS, Errno.EPERM})
    void pollIsTakenWhereThereIsNoEpoll(int errno) throws IOException {
        faults.on("epollCreate").fail(errno);
        assertThat(open()).isInstanceOf(PollSelector.class);
    }

    @Test
    void selectIsTakenWhereThereIsNothingElse() throws IOException {
        faults.on("epollCreate", "poll").fail(Errno.ENOSYS);
        assertThat(open()).isInstanceOf(SelectSelector.class);
    }

    @Test
    void aLackOfDescriptorsIsNoReasonToTakeAnother() {
        faults.on("epollCreate").fail(Errno.EMFILE);
        assertThatThrownBy(Selectors::open)
                .isInstanceOfSatisfying(
                        SocketFailedException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMFILE));
    }

    /** As a sandbox does: with regular files, of which the same errno tells elsewhere, it has nothing to do. */
    @Test
    void anEpollThatIsForbiddenIsNotTakenForAnother() {
        faults.on("epollCreate").fail(Errno.EPERM);
        assertThatThrownBy(EpollSelector::open).hasMessageContaining("EPERM").hasMessageEndingWith("of epoll_create1");
    }

    @Test
    void aFullTableOfWatchesIsNamed() throws IOException {
        Selector selector = scope.add(EpollSelector.open());
        faults.on("epollControl").times(1).fail(Errno.ENOSPC);
        Socket socket = scope.pair(SOCK_STREAM).first();
        assertThatThrownBy(() -> selector.register(socket, EVENT_READ))
                .hasMessageContaining("ENOSPC")
                .hasMessageContaining("max_user_watches");
        assertThat(selector.getMap()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"epoll, EpollSelector", "poll, PollSelector", "select, SelectSelector"})
    void thePropertyDecides(String name, String type) throws IOException {
        System.setProperty(Selectors.PROPERTY, name);
        assertThat(open().getClass().getSimpleName()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kqueue", "", "EPOLL", " poll"})
    void aPropertyThatNamesNoneIsRefusedWithTheNamesThereAre(String name) {
        System.setProperty(Selectors.PROPERTY, name);
        assertThatIllegalArgumentException()
                .isThrownBy(Selectors::open)
                .withMessage("the system property hawser.selector is epoll, poll or select, not \"" + name + "\"");
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "POLL", "SELECT"})
    void aSelectorThatCannotBeHadLeavesNothingOpen(Backend backend) throws IOException {
        faults.on("eventFd").fail(Errno.EMFILE);
        long before = descriptors();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(backend::open).isInstanceOfSatisfying(SocketFailedException.class, e -> {
                assertThat(e.errno()).isEqualTo(Errno.EMFILE);
                assertThat(e.operation()).isEqualTo("open");
                assertThat(e.systemCall()).isEqualTo("eventfd");
            });
        }
        assertThat(descriptors()).isLessThan(before + 10);
    }

    @Test
    void anEpollSetThatTakesNoAlarmLeavesNothingOpen() throws IOException {
        faults.on("epollControl").fail(Errno.ENOSPC);
        long before = descriptors();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(EpollSelector::open).hasMessageContaining("ENOSPC");
        }
        assertThat(descriptors()).isLessThan(before + 10);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    @Test
    void epollRefusesARegularFileAndNothingIsRegistered() throws IOException {
        Selector selector = scope.add(EpollSelector.open());
        Fd file = regularFile();
        assertThatThrownBy(() -> selector.register(file, EVENT_READ))
                .isInstanceOf(SocketFailedException.class)
                .hasMessageContaining("EPERM")
                .hasMessageContaining("descriptor " + file.fileno());
        assertThat(selector.getMap()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> selector.getKey(file));
    }

    @ParameterizedTest
    @EnumSource(names = {"POLL", "SELECT"})
    void pollAndSelectTakeARegularFileWhichIsAlwaysReady(Backend backend) throws IOException {
        Selector selector = scope.add(backend.open());
        SelectorKey key = selector.register(regularFile(), EVENT_READ | Selector.EVENT_WRITE);
        assertThat(selector.select(Duration.ofSeconds(10)))
                .containsExactly(new ReadyKey(key, EVENT_READ | Selector.EVENT_WRITE));
    }

    private Fd regularFile() throws IOException {
        Path path = scope.directory().resolve("file");
        Files.createFile(path);
        int fd = faultless().open(path.toString(), Abi.value("O_RDWR"), 0);
        assertThat(fd).isNotNegative();
        scope.atEnd(() -> faultless().close(fd));
        return Fd.of(fd);
    }

    private static SystemCalls faultless() {
        return SystemCalls.LIBC;
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "POLL", "SELECT"})
    void aNumberThatIsNotOpenIsRefused(Backend backend) throws IOException {
        Selector selector = scope.add(backend.open());
        assertThatThrownBy(() -> selector.register(Fd.of(19_999), EVENT_READ))
                .isInstanceOfSatisfying(SocketFailedException.class, e -> {
                    assertThat(e.errno()).isEqualTo(Errno.EBADF);
                    assertThat(e.operation()).isEqualTo("register");
                });
        assertThat(selector.getMap()).isEmpty();
    }

    @Test
    void aModifyThatTheKernelRefusesEndsTheRegistration() throws IOException {
        Selector selector = scope.add(EpollSelector.open());
        Socket socket = scope.pair(SOCK_STREAM).first();
        selector.register(socket, EVENT_READ);
        faults.on("epollControl").times(1).fail(Errno.ENOMEM);
        assertThatThrownBy(() -> selector.modify(socket, Selector.EVENT_WRITE, null))
                .isInstanceOfSatisfying(SocketFailedException.class, e -> {
                    assertThat(e.errno()).isEqualTo(Errno.ENOMEM);
                    assertThat(e.operation()).isEqualTo("modify");
                    assertThat(e.systemCall()).isEqualTo("epoll_ctl");
                });
        assertThat(selector.getMap()).isEmpty();
        assertThat(selector.select(Duration.ZERO)).isEmpty();
        selector.register(socket, Selector.EVENT_WRITE);
        assertThat(selector.select(Duration.ZERO)).hasSize(1);
    }

    /** The kernel keeps what was registered for as long as there is a duplicate, and nobody can take it out without its number. */
    @Test
    void aNumberThatComesBackFromADuplicateCanBeRegisteredAnew() throws IOException {
        Selector selector = scope.add(EpollSelector.open());
        int fd = duplicate(scope.pair(SOCK_STREAM).first().fileno(), 500);
        int kept = duplicate(fd, 600);
        try {
            selector.register(Fd.of(fd), EVENT_READ);
            faultless().close(fd);
            selector.unregister(Fd.of(fd));
            assertThat(duplicate(kept, fd)).isEqualTo(fd);
            SelectorKey key = selector.register(Fd.of(fd), Selector.EVENT_WRITE);
            assertThat(selector.select(Duration.ZERO)).containsExactly(new ReadyKey(key, Selector.EVENT_WRITE));
        } finally {
            faultless().close(fd);
            faultless().close(kept);
        }
    }

    private static int duplicate(int fd, int atLeast) {
        return faultless().fcntl(fd, Abi.value("F_DUPFD_CLOEXEC"), atLeast);
    }

    @Test
    void modifyOfTheAttachmentAloneAsksTheKernelNothing() throws IOException {
        Selector selector = scope.add(EpollSelector.open());
        Socket socket = scope.pair(SOCK_STREAM).first();
        selector.register(socket, EVENT_READ, "one");
        long before = faults.seen("epollControl");
        selector.modify(socket, EVENT_READ, "two");
        assertThat(faults.seen("epollControl")).isEqualTo(before);
    }

    @Test
    void anEpollSelectorCanBeRegisteredWithAnother() throws IOException {
        EpollSelector inner = scope.add(EpollSelector.open());
        Selector outer = scope.add(EpollSelector.open());
        SelectorKey key = outer.register(inner, EVENT_READ);
        assertThat(outer.select(Duration.ZERO)).isEmpty();
        inner.register(scope.pair(SOCK_STREAM).first(), Selector.EVENT_WRITE);
        assertThat(outer.select(Duration.ofSeconds(10))).containsExactly(new ReadyKey(key, EVENT_READ));
        inner.close();
        assertThat(inner.fileno()).isEqualTo(-1);
        assertThat(outer.getMap()).isEmpty();
        assertThat(outer.select(Duration.ZERO)).isEmpty();
    }

    @Test
    void moreThanFitAreToldInTurns() throws IOException {
        Selector selector = scope.add(EpollSelector.open());
        for (int i = 0; i < 700; i++) {
            selector.register(scope.pair(SOCK_STREAM).first(), Selector.EVENT_WRITE, i);
        }
        Set<Object> told = new HashSet<>();
        int first = selector.select(null, (key, events) -> told.add(key.fd()));
        assertThat(first).isEqualTo(256);
        assertThat(selector.select(null, (key, events) -> told.add(key.fd()))).isEqualTo(512);
        assertThat(told).hasSize(700);
    }

    /** A select tells of 1,024 at most. */
    @Test
    void thousandsThatAreReadyAllTheTimeHaveTheirTurn() throws IOException {
        try (ManyDescriptors many = ManyDescriptors.open(3000);
                Selector selector = EpollSelector.open()) {
            for (int i = 0; i < 3000; i++) {
                many.makeReadable(i);
                selector.register(many.files().get(i), EVENT_READ);
            }
            Set<Object> told = new HashSet<>();
            for (int most : new int[] {256, 512, 1024, 1024, 1024}) {
                assertThat(selector.select(null, (key, events) -> told.add(key.fd())))
                        .isEqualTo(most);
            }
            assertThat(told).hasSize(3000);
        }
    }

    @Test
    void whatIsReadyIsHandedOverWithoutAnAllocation() throws IOException {
        faults.close();
        Selector selector = scope.add(EpollSelector.open());
        int ready = 200;
        for (int i = 0; i < ready; i++) {
            selector.register(scope.pair(SOCK_STREAM).first(), Selector.EVENT_WRITE);
        }
        int[] told = new int[1];
        Selector.Handler handler = (key, events) -> told[0]++;
        int turns = 2000;
        allocated(selector, handler, turns);
        long bytes = allocated(selector, handler, turns);
        assertThat(told[0]).isEqualTo(2 * turns * ready);
        assertThat(bytes / turns).isLessThan(5L * ready);
    }

    private static long allocated(Selector selector, Selector.Handler handler, int turns) throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < turns; i++) {
            selector.select(null, handler);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
