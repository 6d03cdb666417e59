package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The interfaces that this machine has. */
class InterfacesTest {

    @Test
    void interfacesHaveNamesAndNumbers() throws Exception {
        List<InterfaceName> all = Interfaces.ifNameIndex();
        assertThat(all).extracting(InterfaceName::name).contains("lo");
        for (InterfaceName each : all) {
            assertThat(Interfaces.ifNameToIndex(each.name())).isEqualTo(each.index());
            assertThat(Interfaces.ifIndexToName(each.index())).isEqualTo(each.name());
        }
        assertThat(assertThrowsExactly(SocketFailedException.class, () -> Interfaces.ifNameToIndex("no-such-if"))
                        .errno())
                .isEqualTo(Errno.ENODEV);
        assertThat(assertThrowsExactly(SocketFailedException.class, () -> Interfaces.ifIndexToName(0x7fff_fff0))
                        .errno())
                .isEqualTo(Errno.ENXIO);
        assertThat(Sockets.hasDualstackIpv6()).isEqualTo(Sockets.hasIpv6());
    }
}
