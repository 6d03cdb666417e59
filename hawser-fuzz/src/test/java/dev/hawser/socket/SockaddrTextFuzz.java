package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** A text is an address, or is refused with a reason. The text of what was read reads as the same address. */
@Tag("fuzz")
class SockaddrTextFuzz {

    @FuzzTest
    void anyTextIsAnAddressOrRefused(String text) {
        if (text == null) {
            return;
        }
        Sockaddr address;
        try {
            address = Sockaddr.parse(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).message().isNotBlank();
            return;
        }
        // The first text may have been another way to write the same, such as a path that begins with @.
        Sockaddr again = Sockaddr.parse(address.toString());
        assertThat(again.family()).isEqualTo(address.family());
        assertThat(Sockaddr.parse(again.toString())).isEqualTo(again);
    }
}
