package dev.hawser.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrnoTest {

    /** More numbers than Linux has, so that one missing at the end would show. */
    private static final int NUMBERS = 200;

    @Test
    void givesTheNameAndTheTextOfANumber() {
        assertThat(Errno.name(Errno.ECONNREFUSED)).isEqualTo("ECONNREFUSED");
        assertThat(Errno.text(Errno.ECONNREFUSED)).isEqualTo("Connection refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 41, 58, 134, 9999})
    void saysThatANumberIsUnknown(int errno) {
        assertThat(Errno.name(errno)).isEqualTo("errno " + errno);
        assertThat(Errno.text(errno)).isEqualTo("Unknown error " + errno);
    }

    @Test
    void zeroIsSuccessWithoutAName() {
        assertThat(Errno.name(0)).isEqualTo("errno 0");
        assertThat(Errno.text(0)).isEqualTo("Success");
    }

    @Test
    void everyConstantHasTheNumberOfItsName() throws IllegalAccessException {
        for (Field constant : Errno.class.getFields()) {
            String name = constant.getName().equals("EWOULDBLOCK") ? "EAGAIN" : constant.getName();
            assertThat(Errno.name(constant.getInt(null))).isEqualTo(name);
        }
    }

    @Test
    void namesAreThoseOfTheHeader(@TempDir Path directory) throws Exception {
        List<String> expected = new ArrayList<>();
        StringBuilder program = new StringBuilder("#include <errno.h>\n#include <stdio.h>\nint main(void) {\n");
        for (int errno : known()) {
            String name = Errno.name(errno);
            expected.add(name + " " + errno);
            program.append("printf(\"%s %%d\\n\", %s);\n".formatted(name, name));
        }
        program.append("return 0;\n}\n");

        assertThat(CCompiler.require(directory, "gcc").run(program.toString())).isEqualTo(expected);
    }

    @Test
    void textsAreThoseOfGlibcInTheCLocale(@TempDir Path directory) throws Exception {
        String program = """
                #include <stdio.h>
                #include <string.h>
                int main(void) {
                #ifdef __GLIBC__
                    for (int i = 0; i < %d; i++) {
                        printf("%%s\\n", strerror(i));
                    }
                #endif
                    return 0;
                }
                """.formatted(NUMBERS);

        List<String> texts = CCompiler.require(directory, "gcc").run(program);

        assumeTrue(!texts.isEmpty(), "gcc here compiles for another C library than glibc");
        assertThat(IntStream.range(0, NUMBERS).mapToObj(Errno::text)).containsExactlyElementsOf(texts);
    }

    private static int[] known() {
        return IntStream.range(0, NUMBERS)
                .filter(errno -> !Errno.name(errno).startsWith("errno "))
                .toArray();
    }
}
