package dev.hawser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** {@code <pwd.h>}: the users. It reads files and asks servers, and so it may wait: see {@link Netdb}. */
final class Pwd {

    private static final int SIZE = Abi.value("sizeof(struct passwd)");
    private static final int UID = Abi.value("offsetof(struct passwd,pw_uid)");
    private static final int GID = Abi.value("offsetof(struct passwd,pw_gid)");

    private static final class GetPwNam {
        static final MethodHandle CALL = Native.waiting(
                "getpwnam_r", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    }

    private Pwd() {}

    static Answer<UserEntry> getPwNam(String name) {
        return NamedEntries.find(
                name, SIZE, GetPwNam.CALL, entry -> new UserEntry(entry.get(JAVA_INT, UID), entry.get(JAVA_INT, GID)));
    }
}
