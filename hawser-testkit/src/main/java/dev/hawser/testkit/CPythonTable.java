package dev.hawser.testkit;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/**
 * The table in a test package's documentation that says which test of CPython each of its own answers, held against
 * CPython's tests and against the methods of the package.
 *
 * <p>A row is {@code <tr><td>TheirClass.test_name</td><td>{@code OurTest#ourMethod}, ...</td></tr>}, where their class is the
 * one that has the method; one that answers nothing says {@code not applicable:} and why.
 *
 * {@snippet :
 * assertThat(CPythonTable.problems(getClass(), "test.test_asyncore")).isEmpty();
 * }
 */
public final class CPythonTable {

    private static final String NAMES = """
            import importlib, sys, unittest
            try:
                module = importlib.import_module(sys.argv[1])
            except ModuleNotFoundError as missing:
                sys.exit(str(missing))
            names = set()
            for suite in unittest.defaultTestLoader.loadTestsFromModule(module):
                for test in suite:
                    name = test._testMethodName
                    if not name.startswith('test'):
                        continue  # of a base class that the module imports
                    owner = next(c for c in type(test).__mro__ if name in vars(c))
                    names.add(owner.__name__ + '.' + name)
            print(*sorted(names), sep='\\n')
            """;

    private static final Pattern MARGIN = Pattern.compile("\\R\\s*\\*");
    private static final Pattern ROW = Pattern.compile("<td>(\\w+\\.test\\w+)</td>\\s*<td>(.*?)</td>", Pattern.DOTALL);
    private static final Pattern OURS = Pattern.compile("(\\w+)#(\\w+)");
    private static final String NOT_APPLICABLE = "not applicable:";

    private CPythonTable() {}

    /**
     * What is wrong with a table.
     *
     * @param inPackage a class of the package whose {@code package-info.java} has the table
     * @param module CPython's, such as {@code test.test_asyncore}; the test is skipped where it is not installed
     * @return one line for each defect
     */
    public static List<String> problems(Class<?> inPackage, String module) throws IOException, InterruptedException {
        String packageName = inPackage.getPackageName();
        Path source = Path.of("src/test/java", packageName.split("\\.")).resolve("package-info.java");
        return problems(packageName, Files.readString(source), module, testsOf(module));
    }

    static List<String> problems(String packageName, String documentation, String module, Set<String> theirs) {
        Map<String, String> rows = rows(documentation);
        List<String> problems = new ArrayList<>();
        theirs.stream().filter(name -> !rows.containsKey(name)).forEach(name -> problems.add(name + " has no row"));
        rows.forEach((name, answer) -> {
            if (!theirs.contains(name)) {
                problems.add(name + " is no test of " + module);
            }
            problemOf(packageName, answer).forEach(problem -> problems.add(name + ": " + problem));
        });
        return problems;
    }

    private static Map<String, String> rows(String documentation) {
        String text = MARGIN.matcher(documentation).replaceAll("\n");
        Map<String, String> rows = new LinkedHashMap<>();
        ROW.matcher(text).results().forEach(row -> rows.merge(row.group(1), row.group(2), String::concat));
        return rows;
    }

    private static Set<String> testsOf(String module) throws IOException, InterruptedException {
        Path python = Peers.require("python3");
        Process process = new ProcessBuilder(python.toString(), "-W", "ignore", "-c", NAMES, module).start();
        process.getOutputStream().close();
        List<String> names = process.inputReader().lines().toList();
        String complaint = String.join("\n", process.errorReader().lines().toList());
        if (process.waitFor() != 0) {
            if (Peers.onContinuousIntegration()) {
                throw new AssertionError(complaint);
            }
            Assumptions.abort("CPython's tests are not installed: " + complaint);
        }
        return new TreeSet<>(names);
    }

    private static List<String> problemOf(String packageName, String answer) {
        if (answer.strip().startsWith(NOT_APPLICABLE)) {
            return answer.strip().length() > NOT_APPLICABLE.length() ? List.of() : List.of("no reason is given");
        }
        List<MatchResult> ours = OURS.matcher(answer).results().toList();
        return ours.isEmpty()
                ? List.of("no answer in '" + answer.strip() + "'")
                : ours.stream()
                        .filter(each -> !isTest(packageName + "." + each.group(1), each.group(2)))
                        .map(each -> "there is no test " + each.group())
                        .toList();
    }

    private static boolean isTest(String className, String method) {
        try {
            Class<?> type = Class.forName(className, false, CPythonTable.class.getClassLoader());
            return Stream.of(type.getDeclaredMethods())
                    .anyMatch(each -> each.getName().equals(method) && isTestable(each));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** {@link Test}, and all annotations of that kind. */
    private static boolean isTestable(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> type.isAnnotationPresent(Testable.class)
                        || Stream.of(type.getAnnotations())
                                .anyMatch(meta -> meta.annotationType().isAnnotationPresent(Testable.class)));
    }
}
