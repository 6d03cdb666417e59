package dev.hawser.socket;

import dev.hawser.posix.Answer;
import dev.hawser.posix.InterfaceEntry;
import dev.hawser.posix.SystemCalls;
import java.io.IOException;
import java.util.List;

/**
 * The network interfaces of this machine and their numbers: the functions of {@code <net/if.h>}. The number is what
 * {@link SockaddrIn6#scopeId} and many options take.
 *
 * <h2>Threading</h2>
 * Safe from any thread.
 *
 * <h2>Blocking and timeouts</h2>
 * The kernel is asked, and answers at once.
 *
 * <h2>Errors</h2>
 * {@link SocketFailedException} with the errno; {@link IllegalArgumentException} where a name has a zero byte in it.
 *
 * <h2>Platform notes</h2>
 * A name has at most 15 bytes, and an interface belongs to a network namespace: a container sees its own.
 *
 * <p>Source: if_nameindex(3), if_nametoindex(3).
 *
 * {@snippet file="dev/hawser/socket/SocketSnippetsTest.java" region="interfaces"}
 */
public final class Interfaces {

    private Interfaces() {}

    /**
     * All interfaces, those that are down too.
     *
     * @return number and name of each
     * @throws IOException if the kernel refuses: ENOBUFS, EMFILE
     */
    public static List<InterfaceName> ifNameIndex() throws IOException {
        Answer<List<InterfaceEntry>> answer = SystemCalls.installed().ifNameIndex();
        List<InterfaceEntry> entries = answer.value();
        if (entries == null) {
            throw Errors.ofCall("ifNameIndex", "of all interfaces", "if_nameindex", -(long) answer.code());
        }
        return entries.stream()
                .map(entry -> new InterfaceName(entry.index(), entry.name()))
                .toList();
    }

    /**
     * The number of an interface.
     *
     * @param name such as {@code lo}
     * @return 1 or greater
     * @throws IOException if there is none of that name: ENODEV
     */
    public static int ifNameToIndex(String name) throws IOException {
        HostNames.requireCString("name", name);
        int index = SystemCalls.installed().ifNameToIndex(name);
        if (index < 0) {
            throw Errors.ofCall("ifNameToIndex", name, "if_nametoindex", index);
        }
        return index;
    }

    /**
     * The name of an interface.
     *
     * @param index its number
     * @return such as {@code lo}
     * @throws IOException if there is none with that number: ENXIO
     */
    public static String ifIndexToName(int index) throws IOException {
        Answer<String> answer = SystemCalls.installed().ifIndexToName(index);
        String name = answer.value();
        if (name == null) {
            throw Errors.ofCall(
                    "ifIndexToName", Integer.toUnsignedString(index), "if_indextoname", -(long) answer.code());
        }
        return name;
    }
}
