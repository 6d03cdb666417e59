package dev.hawser.reactor.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hawser.socket.Sockaddr;
import dev.hawser.socket.SockaddrUn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255:1, true",
        "10.0.0.0/8, 11.0.0.0:1, false",
        "10.0.0.0/8, 9.255.255.255:1, false",
        "192.0.2.7, 192.0.2.7:1, true",
        "192.0.2.7, 192.0.2.6:1, false",
        "0.0.0.0/0, 255.255.255.255:1, true",
        "0.0.0.0/0, [::1]:1, false",
        "128.0.0.0/1, 200.0.0.1:1, true",
        "128.0.0.0/1, 127.0.0.1:1, false",
        "10.0.0.0/8, [::ffff:10.1.2.3]:1, true",
        "10.0.0.0/8, [::ffff:11.1.2.3]:1, false",
        "::/0, [::ffff:10.1.2.3]:1, false",
        "::/0, [2001:db8::1]:1, true",
        "fd00::/8, [fdff::1]:1, true",
        "fd00::/8, [fe00::1]:1, false",
        "2001:db8::/64, [2001:db8::ffff:1:2:3]:1, true",
        "2001:db8::/64, [2001:db8:0:1::]:1, false",
        "2001:db8:0:0:8000::/65, [2001:db8:0:0:8000::1]:1, true",
        "2001:db8:0:0:8000::/65, [2001:db8:0:0:7fff::1]:1, false",
        "fe80::/10, [fe80::1%3]:1, true",
        "::1, [::1]:1, true",
        "::1, [::2]:1, false"
    })
    void anAddressIsOfANetworkWhereItsFirstBitsAre(String prefix, String address, boolean isWithin) {
        assertThat(AddressPrefix.parse(prefix).contains(Sockaddr.parse(address)))
                .isEqualTo(isWithin);
    }

    @Test
    void whatIsNoInternetAddressIsOfNoNetwork() {
        assertThat(AddressPrefix.parse("0.0.0.0/0").contains(SockaddrUn.of("/x")))
                .isFalse();
        assertThat(AddressPrefix.parse("::/0").contains(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "example.org/8",
                "::/129",
                "fd00::1/8",
                "::ffff:10.0.0.0/104",
                "10.0.0.0/+8"
            })
    void whatIsNoNetworkIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressPrefix.parse(text));
    }

    @Test
    void theTextIsTheOneThatIsRead() {
        assertThat(AddressPrefix.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
        assertThat(AddressPrefix.parse("::1")).hasToString("::1/128");
    }
}
