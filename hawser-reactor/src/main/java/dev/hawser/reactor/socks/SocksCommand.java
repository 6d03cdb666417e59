package dev.hawser.reactor.socks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a client wants of a proxy. */
public enum SocksCommand {
    /** To be connected to somebody. */
    CONNECT(1),
    /** That somebody can connect to it, by the proxy. */
    BIND(2),
    /** To exchange datagrams; in version 5 alone. */
    UDP_ASSOCIATE(3);

    private final int code;

    SocksCommand(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Null where there is none with the number. */
    static @Nullable SocksCommand of(int code) {
        return Arrays.stream(values())
                .filter(each -> each.code == code)
                .findFirst()
                .orElse(null);
    }
}
