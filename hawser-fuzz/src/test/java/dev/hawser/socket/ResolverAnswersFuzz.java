package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hawser.posix.AddrInfoEntry;
import dev.hawser.posix.Answer;
import dev.hawser.posix.Hostent;
import dev.hawser.posix.SystemCalls;
import java.lang.foreign.MemorySegment;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Whatever the resolver says of a host, the caller gets addresses or an {@link UnknownHostException}. */
@Tag("fuzz")
class ResolverAnswersFuzz {

    private final Resolver resolver = new Resolver();
    private SystemCalls before;

    /** A name service that says what the fuzzer says. */
    private static final class Resolver implements SystemCalls {

        private Answer<List<AddrInfoEntry>> addresses = Answer.nothing();
        private Answer<Hostent> host = Answer.nothing();

        void say(int code, int family, byte[] address, String name) {
            addresses = code == 0
                    ? Answer.of(List.of(new AddrInfoEntry(0, family, 0, 0, address, name)))
                    : Answer.failed(code, family);
            host = code == 0
                    ? Answer.of(new Hostent(name, List.of(name), family, List.of(address)))
                    : Answer.failed(code, family);
        }

        @Override
        public Answer<List<AddrInfoEntry>> getAddrInfo(
                @Nullable String node, @Nullable String service, AddrInfoEntry hints) {
            return addresses;
        }

        @Override
        public Answer<Hostent> getHostByAddr(MemorySegment address, int family) {
            return host;
        }
    }

    @BeforeEach
    void install() {
        before = SystemCalls.install(resolver);
    }

    @AfterEach
    void putBack() {
        SystemCalls.install(before);
    }

    @FuzzTest
    void anyAnswerIsAddressesOrAnUnknownHost(int code, short family, byte[] address, String name) throws Exception {
        if (address == null || name == null) {
            return;
        }
        resolver.say(code, family, address, name);
        try {
            assertThat(NameService.getAddrInfo("127.0.0.1", 80)).isNotEmpty();
        } catch (UnknownHostException unknown) {
            assertThat(unknown).message().isNotBlank();
        }
        try {
            assertThat(NameService.getHostByName("127.0.0.1")).isNotEmpty();
            assertThat(NameService.getHostByAddr("127.0.0.1").addresses()).isNotEmpty();
        } catch (UnknownHostException unknown) {
            assertThat(unknown).message().isNotBlank();
        }
    }
}
