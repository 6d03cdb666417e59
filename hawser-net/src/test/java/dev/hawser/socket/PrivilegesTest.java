package dev.hawser.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hawser.posix.Answer;
import dev.hawser.posix.SystemCalls;
import dev.hawser.posix.UserEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel is asked for, and what becomes of it if it refuses. That it gives up all rights is seen in processes of their own. */
class PrivilegesTest {

    private final List<String> asked = new ArrayList<>();
    private final SystemCalls before = SystemCalls.install(new Kernel());
    private String refused = "none";
    private boolean comesBack;

    /** One of a machine with the user web, of groups 33 and more, and the group logs. */
    private final class Kernel implements SystemCalls {

        @Override
        public int getEUid() {
            return 0;
        }

        @Override
        public int initGroups(String user, int group) {
            return answer("initgroups " + user + " " + Integer.toUnsignedString(group));
        }

        @Override
        public int setGid(int gid) {
            return answer("setgid " + Integer.toUnsignedString(gid));
        }

        @Override
        public int setUid(int uid) {
            int answer = answer("setuid " + Integer.toUnsignedString(uid));
            return uid == 0 && !comesBack ? -Errno.EPERM : answer;
        }

        private int answer(String call) {
            asked.add(call);
            return call.startsWith(refused) ? -Errno.EAGAIN : 0;
        }

        @Override
        public Answer<UserEntry> getPwNam(String name) {
            return found(Map.of("web", new UserEntry(1033, 33), "root", new UserEntry(0, 0))
                    .get(name));
        }

        @Override
        public Answer<Integer> getGrNam(String name) {
            return found(Map.of("logs", 4).get(name));
        }

        private static <T> Answer<T> found(@Nullable T value) {
            return new Answer<>(0, 0, value);
        }
    }

    @AfterEach
    void putBack() {
        SystemCalls.install(before);
    }

    @Test
    void groupsAreGivenUpBeforeTheUser() throws Exception {
        Privileges.drop("web", null);
        assertThat(asked).containsExactly("initgroups web 33", "setgid 33", "setuid 1033", "setuid 0");
    }

    @Test
    void anotherGroupTakesThePlaceOfTheUsersOwn() throws Exception {
        Privileges.drop("web", "logs");
        assertThat(asked).containsExactly("initgroups web 4", "setgid 4", "setuid 1033", "setuid 0");
    }

    @Test
    void aUserAndAGroupMayBeNumbers() throws Exception {
        Privileges.drop("10001", "4294967294");
        assertThat(asked)
                .containsExactly("initgroups 10001 4294967294", "setgid 4294967294", "setuid 10001", "setuid 0");
        assertThat(Privileges.userId("10001")).isEqualTo(10_001);
        assertThat(Privileges.userId("web")).isEqualTo(1033);
    }

    @Test
    void aNumberWithoutAnEntryNeedsAGroup() {
        assertThatIOException()
                .isThrownBy(() -> Privileges.drop("10001", null))
                .withMessageContaining("name the group");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967295", "99999999999", "-1", "+1", " 1", "1x", ""})
    void whatIsNeitherANameNorANumberIsRefused(String user) {
        assertThatIOException().isThrownBy(() -> Privileges.drop(user, "logs")).withMessageContaining("no user named");
        assertThatIOException().isThrownBy(() -> Privileges.drop("web", user)).withMessageContaining("no group named");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "0", "000"})
    void rootIsRefused(String user) {
        assertThatIllegalArgumentException().isThrownBy(() -> Privileges.drop(user, "logs"));
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"initgroups", "setgid", "setuid"})
    void whatTheKernelRefusesIsThrownAndNothingElseIsTried(String call) {
        refused = call;
        assertThatIOException()
                .isThrownBy(() -> Privileges.drop("web", null))
                .isInstanceOfSatisfying(
                        SocketFailedException.class,
                        e -> assertThat(e.systemCall()).isEqualTo(call))
                .withMessageContaining("become user web");
        assertThat(asked.getLast()).startsWith(call);
    }

    @Test
    void rightsThatComeBackAreAFailure() {
        comesBack = true;
        assertThatIllegalStateException().isThrownBy(() -> Privileges.drop("web", null));
    }
}
