package dev.hawser.socket;

import dev.hawser.posix.Answer;
import dev.hawser.posix.SystemCalls;
import dev.hawser.posix.UserEntry;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a process is, and how one that was started as root becomes somebody with fewer rights: when it has opened what needs root's, such as ports below 1024. It is for good, and for all threads.
 *
 * <h2>Threading</h2>
 * Safe from any thread. While the change goes on, threads are for a moment different users.
 *
 * <h2>Blocking and timeouts</h2>
 * {@link #drop} asks the name service for users and groups, and waits for it.
 *
 * <h2>Errors</h2>
 * A user or a group that does not exist is an {@link IOException} that names it; what the kernel refuses is a {@link SocketError}. Where the change fails, the program should end: it may have been made in part.
 *
 * <h2>Platform notes</h2>
 * Linux gives each thread an identity of its own; glibc and musl have all threads follow. What the process has open stays open; files that it opens later are opened as the new user, and so are
 * the paths of Unix sockets removed: certificates that are read again on a reload must be readable to it, and a directory of sockets writable.
 *
 * <p>Source: initgroups(3), setgid(2), setuid(2), getpwnam(3), credentials(7).
 *
 * {@snippet file="dev/hawser/socket/SocketSnippetsTest.java" region="privileges"}
 */
public final class Privileges {

    private static final String TRANSPORT = "process";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final long HIGHEST = 0xffff_ffffL;

    private Privileges() {}

    /**
     * Whose rights this process has now.
     *
     * @return the effective user's number; 0 is root
     */
    public static int effectiveUserId() {
        return SystemCalls.installed().getEUid();
    }

    /**
     * The number of a user.
     *
     * @param user the name, or the number itself
     * @return the number
     * @throws IOException if there is no such user, or the name service fails
     */
    public static int userId(String user) throws IOException {
        UserEntry entry = lookUp(user);
        return entry == null ? number("user", user) : entry.uid();
    }

    /**
     * Gives up root's rights for a user's: the user's groups, the group, the user, in this order.
     *
     * <p>A user of whom this machine knows nothing but the number, as in many containers, has no groups but the one that is given.
     *
     * @param user the name, or the number
     * @param group the name or the number of the group; null: the user's own
     * @throws IllegalArgumentException if the user is root
     * @throws IOException if there is no such user or group, or this process is not root's: nothing has changed then; or if the kernel refuses
     */
    public static void drop(String user, @Nullable String group) throws IOException {
        SystemCalls calls = SystemCalls.installed();
        UserEntry entry = find(user, group);
        if (entry.uid() == 0) {
            throw new IllegalArgumentException("user " + user + " is root: choose one with fewer rights");
        }
        if (calls.getEUid() != 0) {
            throw new IOException("only root can become user " + user + ", and this process is user " + calls.getEUid()
                    + "'s: start it as root, or as that user");
        }
        check("initgroups", user, calls.initGroups(user, entry.gid()));
        check("setgid", user, calls.setGid(entry.gid()));
        check("setuid", user, calls.setUid(entry.uid()));
        if (calls.setUid(0) == 0) {
            throw new IllegalStateException("the rights of root have come back: this process must not go on");
        }
    }

    private static UserEntry find(String user, @Nullable String group) throws IOException {
        UserEntry entry = lookUp(user);
        if (group != null) {
            return new UserEntry(entry == null ? number("user", user) : entry.uid(), groupId(group));
        }
        if (entry == null) {
            throw new IOException("the group of user " + number("user", user)
                    + " is not known, since this machine has no entry for it: name the group, too");
        }
        return entry;
    }

    private static int groupId(String group) throws IOException {
        Integer found = found(SystemCalls.installed().getGrNam(group), "getgrnam_r", "group", group);
        return found == null ? number("group", group) : found;
    }

    private static @Nullable UserEntry lookUp(String user) throws IOException {
        return found(SystemCalls.installed().getPwNam(user), "getpwnam_r", "user", user);
    }

    /** Of what is no name. The highest is none: to the kernel it says that nothing is to be changed. */
    private static int number(String what, String text) throws IOException {
        if (NUMBER.matcher(text).matches()) {
            long number = Long.parseLong(text);
            if (number < HIGHEST) {
                return (int) number;
            }
        }
        throw new IOException("there is no " + what + " named " + text + " on this machine");
    }

    private static <T> @Nullable T found(Answer<T> answer, String systemCall, String what, String name)
            throws IOException {
        if (answer.code() != 0) {
            throw Errors.ofCall("find " + what + " " + name, TRANSPORT, systemCall, -answer.code());
        }
        return answer.value();
    }

    private static void check(String systemCall, String user, int code) throws IOException {
        if (code < 0) {
            throw Errors.ofCall("become user " + user, TRANSPORT, systemCall, code);
        }
    }
}
