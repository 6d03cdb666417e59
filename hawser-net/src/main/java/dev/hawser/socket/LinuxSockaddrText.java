package dev.hawser.socket;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The textual forms of the addresses of Linux's own families, and the checks that their records share. */
final class LinuxSockaddrText {

    private static final String NUMBER = "([0-9]{1,10})";
    private static final String HEX = "0x([0-9a-fA-F]{1,16})";
    private static final String INTERFACE = "([^/:]*)";

    private static final Form[] FORMS = {
        new Form("netlink:PORT/GROUPS, such as netlink:0/0x11", NUMBER + "/" + HEX, LinuxSockaddrText::netlink),
        new Form(
                "packet:INTERFACE/PROTOCOL, such as packet:lo/0x0800",
                INTERFACE + "/" + HEX + "(?:/" + NUMBER + "/" + NUMBER + "/((?:[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2})*)?))?",
                LinuxSockaddrText::packet),
        new Form(
                "vsock:MACHINE:PORT, such as vsock:2:1024",
                "([0-9]{1,10}|\\*):([0-9]{1,10}|\\*)(?:/" + HEX + ")?",
                LinuxSockaddrText::vsock),
        new Form(
                "alg:TYPE:NAME, such as alg:hash:sha256",
                "([^:]+):(.+?)(?:/" + HEX + "/" + HEX + ")?",
                LinuxSockaddrText::algorithm),
        new Form(
                "can:INTERFACE, such as can:vcan0",
                INTERFACE + "(?:/" + HEX + "/" + HEX + "(?:/" + HEX + ")?)?",
                LinuxSockaddrText::can),
        new Form(
                "tipc:TYPE:FIRST:SECOND:THIRD/SCOPE, such as tipc:2:1000:1:0/2",
                NUMBER + ":" + NUMBER + ":" + NUMBER + ":" + NUMBER + "/(-?[0-9]{1,3})",
                LinuxSockaddrText::tipc),
        new Form(
                "l2cap:DEVICE/SERVICE, such as l2cap:00:1B:DC:07:31:10/4097",
                "(" + BluetoothSockaddrs.DEVICE + ")/" + NUMBER + "(?:/" + NUMBER + "/" + NUMBER + ")?",
                LinuxSockaddrText::logicalLink),
        new Form(
                "rfcomm:DEVICE/CHANNEL, such as rfcomm:00:1B:DC:07:31:10/1",
                "(" + BluetoothSockaddrs.DEVICE + ")/" + NUMBER,
                parts -> new SockaddrRc(parts.group(1), number(parts.group(2)))),
        new Form(
                "sco:DEVICE, such as sco:00:1B:DC:07:31:10",
                "(" + BluetoothSockaddrs.DEVICE + ")",
                parts -> new SockaddrSco(parts.group(1))),
        new Form(
                "hci:CONTROLLER/CHANNEL, such as hci:0/3",
                NUMBER + "/" + NUMBER,
                parts -> new SockaddrHci(number(parts.group(1)), number(parts.group(2)))),
        new Form("qrtr:NODE:PORT, such as qrtr:1:16384", NUMBER + ":" + NUMBER, LinuxSockaddrText::qrtr),
    };

    private LinuxSockaddrText() {}

    /** How the addresses of one family are written: what to tell whoever writes otherwise, the pattern, the reading. */
    private record Form(String usage, String pattern, Reading reading) {

        String prefix() {
            return usage.substring(0, usage.indexOf(':') + 1);
        }
    }

    @FunctionalInterface
    private interface Reading {
        Sockaddr read(Matcher parts);
    }

    /** The address, or null where the text does not begin as one of these families does. */
    static @Nullable Sockaddr parse(String text) {
        for (Form form : FORMS) {
            if (text.startsWith(form.prefix())) {
                return parse(text, form);
            }
        }
        return null;
    }

    private static Sockaddr parse(String text, Form form) {
        Matcher parts = Pattern.compile(form.pattern)
                .matcher(text.substring(form.prefix().length()));
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no such address: write " + form.usage);
        }
        try {
            return form.reading.read(parts);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" has a number in it that is too large", e);
        }
    }

    private static Sockaddr netlink(Matcher parts) {
        return new SockaddrNl(number(parts.group(1)), hex(parts.group(2)));
    }

    private static Sockaddr packet(Matcher parts) {
        int ifIndex = interfaceIndex(parts.group(1));
        int protocol = hex(parts.group(2));
        return parts.group(3) == null
                ? SockaddrLl.of(ifIndex, protocol)
                : new SockaddrLl(
                        ifIndex,
                        protocol,
                        number(parts.group(3)),
                        number(parts.group(4)),
                        HexFormat.ofDelimiter(":").parseHex(parts.group(5)));
    }

    private static Sockaddr vsock(Matcher parts) {
        return new SockaddrVm(unstar(parts.group(1)), unstar(parts.group(2)), hex(parts.group(3)));
    }

    private static Sockaddr algorithm(Matcher parts) {
        return new SockaddrAlg(parts.group(1), parts.group(2), hex(parts.group(3)), hex(parts.group(4)));
    }

    private static Sockaddr can(Matcher parts) {
        int ifIndex = interfaceIndex(parts.group(1));
        return parts.group(4) == null
                ? SockaddrCan.ofIsoTp(ifIndex, hex(parts.group(2)), hex(parts.group(3)))
                : new SockaddrCan(
                        ifIndex, Long.parseUnsignedLong(parts.group(2), 16), hex(parts.group(3)), hex(parts.group(4)));
    }

    private static Sockaddr tipc(Matcher parts) {
        return new SockaddrTipc(
                number(parts.group(1)),
                number(parts.group(2)),
                number(parts.group(3)),
                number(parts.group(4)),
                Integer.parseInt(parts.group(5)));
    }

    private static Sockaddr logicalLink(Matcher parts) {
        boolean more = parts.group(3) != null;
        return new SockaddrL2(
                parts.group(1),
                number(parts.group(2)),
                more ? number(parts.group(3)) : 0,
                more ? number(parts.group(4)) : 0);
    }

    private static Sockaddr qrtr(Matcher parts) {
        return new SockaddrQrtr(number(parts.group(1)), number(parts.group(2)));
    }

    private static int interfaceIndex(String nameOrIndex) {
        return nameOrIndex.isEmpty() ? 0 : SockaddrText.interfaceIndex(nameOrIndex, nameOrIndex);
    }

    private static int number(String digits) {
        return Integer.parseUnsignedInt(digits);
    }

    private static int hex(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseUnsignedInt(digits, 16);
    }

    /** A number of vsock, whose highest one means any. */
    static String star(int number) {
        return number == Constants.VMADDR_CID_ANY ? "*" : Integer.toUnsignedString(number);
    }

    private static int unstar(String text) {
        return text.equals("*") ? Constants.VMADDR_CID_ANY : number(text);
    }

    static void check(String what, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(what + " " + value + " is not within 0.." + max);
        }
    }
}
