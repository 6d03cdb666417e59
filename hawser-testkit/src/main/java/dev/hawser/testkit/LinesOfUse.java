package dev.hawser.testkit;

import com.sun.source.util.JavacTask;
import dev.hawser.testkit.NamesPage.Row;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The lines that show the names of a {@link NamesPage} in use: compiled, all of them as one source, so that this takes a moment.
 *
 * <p>A line is compiled in a method, or as a method if it begins with {@code @Override}. That is in a subclass where what it shows is a member
 * of a class or an interface that may have one: there it can override, and call what is protected.
 */
public final class LinesOfUse {

    private static final String MAIN = "LinesOfUse";

    private final List<String> packages;
    private final String typeArgument;
    private final String prelude;

    /**
     * What the lines know.
     *
     * @param packages where the classes of the page are, if their names do not tell; imported
     * @param typeArgument stands for the type parameters of a class that has some
     * @param imports other imports
     * @param members fields and classes, static and each in a line
     */
    public LinesOfUse(List<String> packages, String typeArgument, List<String> imports, List<String> members) {
        this.packages = packages;
        this.typeArgument = typeArgument;
        prelude = packages.stream().map(each -> "import " + each + ".*; ").collect(Collectors.joining())
                + imports.stream().map(each -> "import " + each + "; ").collect(Collectors.joining())
                + "class " + MAIN + " { " + String.join(" ", members) + "\n";
    }

    /**
     * Compiles the lines of some rows.
     *
     * @return what the compiler says of each that is wrong; empty if all is well
     */
    public List<String> errors(List<Row> rows) throws IOException {
        StringBuilder source = new StringBuilder(prelude);
        for (int i = 0; i < rows.size(); i++) {
            source.append(inClass(rows.get(i), i)).append('\n');
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-Xlint:none", "-cp", System.getProperty("java.class.path"));
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        said,
                        options,
                        null,
                        List.of(new Source(source.append('}').toString())));
        task.analyze();

        List<String> errors = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> each : said.getDiagnostics()) {
            if (each.getKind() == Diagnostic.Kind.ERROR) {
                // The prelude is the first line.
                int row = (int) each.getLineNumber() - 2;
                errors.add((row >= 0 && row < rows.size()
                                ? rows.get(row) + ": " + rows.get(row).use()
                                : "the prelude") + ": " + each.getMessage(Locale.ROOT));
            }
        }
        return errors;
    }

    private String inClass(Row row, int index) {
        Class<?> type = NamesPage.type(row, packages);
        String name = "Use" + index;
        String begin =
                NamesPage.isMember(row) && canBeExtended(type) ? subclass(name, type) : "static class " + name + " { ";
        String use = row.use();
        return begin + (use.startsWith("@Override") ? use : "void use() throws Exception { " + use + " }") + " }";
    }

    private static boolean canBeExtended(Class<?> type) {
        boolean isOpen = !Modifier.isFinal(type.getModifiers()) && !type.isSealed();
        return isOpen
                && (type.isInterface()
                        || Arrays.stream(type.getDeclaredConstructors()).anyMatch(LinesOfUse::isForAll));
    }

    private static boolean isForAll(Constructor<?> constructor) {
        return Modifier.isPublic(constructor.getModifiers()) || Modifier.isProtected(constructor.getModifiers());
    }

    private String subclass(String name, Class<?> type) {
        String parent = type.getCanonicalName();
        if (type.getTypeParameters().length > 0) {
            parent += Arrays.stream(type.getTypeParameters())
                    .map(each -> typeArgument)
                    .collect(Collectors.joining(", ", "<", ">"));
        }
        if (type.isInterface()) {
            return "abstract static class " + name + " implements " + parent + " { ";
        }
        Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
                .filter(LinesOfUse::isForAll)
                .findFirst()
                .orElseThrow();
        String arguments = Arrays.stream(constructor.getParameterTypes())
                .map(each -> each.isPrimitive() ? zero(each) : "(" + each.getCanonicalName() + ") null")
                .collect(Collectors.joining(", "));
        return "abstract static class " + name + " extends " + parent + " { " + name + "() throws Exception { super("
                + arguments + "); } ";
    }

    private static String zero(Class<?> primitive) {
        return primitive == boolean.class ? "false" : "0";
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///" + MAIN + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
