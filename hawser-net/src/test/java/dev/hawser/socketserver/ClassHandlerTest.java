package dev.hawser.socketserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hawser.socket.SockaddrUn;
import dev.hawser.socket.Socket;
import dev.hawser.socket.SocketPair;
import dev.hawser.socket.Sockets;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers that are named by their classes, and those that a supplier makes. */
class ClassHandlerTest {

    private SocketPair pair;
    private BaseServer<Socket> server;

    @BeforeEach
    void open() throws IOException {
        pair = Sockets.socketPair();
        server = new UnixStreamServer(
                SockaddrUn.ofAbstract("hawser-" + System.nanoTime()), (request, client, itself) -> {}, false);
    }

    @AfterEach
    void close() throws IOException {
        pair.first().close();
        pair.second().close();
        server.close();
    }

    private void handleWith(RequestHandler<Socket> handler) throws Exception {
        handler.handle(pair.first(), SockaddrUn.UNNAMED, server);
    }

    /** Sends what its private constructor has found. */
    private static final class Private extends BaseRequestHandler<Socket> {

        private Private() {}

        @Override
        protected void handle() throws Exception {
            request()
                    .sendAll(
                            ("from " + clientAddress().equals(SockaddrUn.UNNAMED)).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void neitherTheClassNorItsConstructorNeedsToBePublic() throws Exception {
        handleWith(RequestHandler.of(Private.class));
        assertThat(pair.second().recv(100)).asString().isEqualTo("from true");
    }

    @Test
    void eachRequestHasAnObjectOfItsOwn() throws Exception {
        List<BaseRequestHandler<Socket>> made = new ArrayList<>();
        RequestHandler<Socket> handler = RequestHandler.from(() -> {
            BaseRequestHandler<Socket> one = new Private();
            made.add(one);
            return one;
        });
        handleWith(handler);
        handleWith(handler);
        assertThat(made).hasSize(2).doesNotHaveDuplicates();
    }

    abstract static class Unfinished extends BaseRequestHandler<Socket> {}

    @Test
    void anAbstractClassIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestHandler.of(Unfinished.class))
                .withMessageContaining("ClassHandlerTest$Unfinished is abstract");
    }

    @SuppressWarnings({"ClassCanBeStatic", "InnerClassMayBeStatic"}) // the mistake
    final class Inner extends BaseRequestHandler<Socket> {

        @Override
        protected void handle() {}
    }

    @Test
    void anInnerClassIsRefusedWithTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestHandler.of(Inner.class))
                .withMessageContaining("inner class")
                .withMessageContaining("declare it static, or use RequestHandler.from");
    }

    static final class WithArgument extends BaseRequestHandler<Socket> {

        private final String greeting;

        WithArgument(String greeting) {
            this.greeting = greeting;
        }

        @Override
        protected void handle() throws IOException {
            request().sendAll(greeting.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aClassWhoseConstructorsAllTakeArgumentsIsRefusedAndASupplierMakesItsObjects() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestHandler.of(WithArgument.class))
                .withMessageContaining("has no constructor without arguments: give it one, or use RequestHandler.from");
        handleWith(RequestHandler.from(() -> new WithArgument("good day")));
        assertThat(pair.second().recv(100)).asString().isEqualTo("good day");
    }

    @Test
    void aServerRefusesAWrongClassBeforeItBinds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnixStreamServer(SockaddrUn.ofAbstract("hawser-never-bound"), Unfinished.class));
    }

    static final class CheckedInConstructor extends BaseRequestHandler<Socket> {

        CheckedInConstructor() throws IOException {
            throw new IOException("no database");
        }

        @Override
        protected void handle() {}
    }

    static final class ErrorInConstructor extends BaseRequestHandler<Socket> {

        ErrorInConstructor() {
            throw new AssertionError("never");
        }

        @Override
        protected void handle() {}
    }

    @Test
    void whatAConstructorThrowsIsThrownAsItIs() {
        assertThatThrownBy(() -> handleWith(RequestHandler.of(CheckedInConstructor.class)))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no database");
        assertThatThrownBy(() -> handleWith(RequestHandler.of(ErrorInConstructor.class)))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessage("never");
    }

    static final class Early extends BaseRequestHandler<Socket> {

        Early() {
            request();
        }

        @Override
        protected void handle() {}
    }

    @Test
    void aConstructorThatAsksForTheRequestIsToldWhereItIs() {
        assertThatThrownBy(() -> handleWith(RequestHandler.of(Early.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Early has no request in its constructor: ask for it in setup() or handle()");
        assertThatThrownBy(() -> new Private().server()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // the mistake
    void aSupplierThatMakesNothingNewIsToldSo() throws Exception {
        assertThatThrownBy(() -> handleWith(RequestHandler.from(() -> null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("returned null");
        Private only = new Private();
        RequestHandler<Socket> same = RequestHandler.from(() -> only);
        handleWith(same);
        assertThatThrownBy(() -> handleWith(same))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("make a new handler for each");
    }

    @Test
    void aModuleThatKeepsItsHandlerToItselfIsToldWhatToOpen(@TempDir Path directory) throws Exception {
        Class<? extends BaseRequestHandler<Socket>> closed = compileInModule(directory);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestHandler.of(closed))
                .withMessageContaining("the handler shut.Closed is not open to Hawser: add \"opens shut")
                .withMessageContaining("to its module-info.java, or use RequestHandler.from");
    }

    /** A class in a named module, which reads all and opens nothing. */
    @SuppressWarnings("unchecked") // it extends what it says
    private static Class<? extends BaseRequestHandler<Socket>> compileInModule(Path directory) throws Exception {
        Path source = directory.resolve("Closed.java");
        Files.writeString(source, """
                package shut;
                class Closed extends dev.hawser.socketserver.BaseRequestHandler<dev.hawser.socket.Socket> {
                    @Override protected void handle() {}
                }
                """);
        Path module = directory.resolve("module-info.java");
        Files.writeString(module, "module shut {}");
        Path classes = directory.resolve("classes");
        String path = System.getProperty("java.class.path");
        run("-proc:none", "-cp", path, "-d", classes.toString(), source.toString());
        run("-proc:none", "-d", classes.toString(), module.toString());
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(classes), ModuleFinder.of(), List.of("shut"));
        ClassLoader parent = ClassHandlerTest.class.getClassLoader();
        ModuleLayer.Controller shut =
                ModuleLayer.defineModulesWithOneLoader(configuration, List.of(ModuleLayer.boot()), parent);
        ModuleLayer layer = shut.layer();
        shut.addReads(layer.findModule("shut").orElseThrow(), BaseRequestHandler.class.getModule());
        return (Class<? extends BaseRequestHandler<Socket>>)
                layer.findLoader("shut").loadClass("shut.Closed").asSubclass(BaseRequestHandler.class);
    }

    private static void run(String... arguments) {
        String[] all = Stream.concat(Stream.of("-nowarn"), Stream.of(arguments)).toArray(String[]::new);
        int status = ToolProvider.getSystemJavaCompiler().run(null, System.out, System.err, all);
        assertThat(status).as(String.join(" ", all).toLowerCase(Locale.ROOT)).isZero();
    }
}
