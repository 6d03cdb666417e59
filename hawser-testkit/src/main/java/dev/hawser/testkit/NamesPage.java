package dev.hawser.testkit;

import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of documentation in whose tables each name of another library has Hawser's beside it: for tests that hold the page to both.
 *
 * <p>A heading {@code ## module} begins the tables of a module, {@code ### Members of a `class`} within it that of a class. A row is
 * {@code | `name` | `Type.member` | a remark |}, with {@code `new Type`} for a constructor, and {@code none} where there is no counterpart.
 * A page that shows its names in use has a line of Java before the remark, {@code | `name` | `Type.member` | `a line;` | a remark |}.
 */
public final class NamesPage {

    private static final Pattern MODULE = Pattern.compile("## (.+)");
    private static final Pattern PART = Pattern.compile("### [^`]*(?:`(\\w+)`)?");
    private static final Pattern ROW =
            Pattern.compile("\\| `([^`|]+)` \\| (?:`(new )?([\\w.]+)`|none) \\|(?:([^|]*)\\|)?([^|]*)\\|");
    private static final Pattern MEMBER_IN_REMARK =
            Pattern.compile("`([A-Z][\\w.]*\\.\\w+|(?:dev|javax?)\\.[\\w.]+\\.[A-Z][\\w.]*)`");

    private final List<Row> rows = new ArrayList<>();

    private final String text;

    private NamesPage(String text) {
        this.text = text;
    }

    /**
     * A table: that of a module, or with a class that of the class's own members.
     *
     * @param module the module
     * @param type the class, or an empty string
     */
    public record Table(String module, String type) {

        @Override
        public String toString() {
            return type.isEmpty() ? module : module + "." + type;
        }
    }

    /**
     * A row.
     *
     * @param table where it stands
     * @param name the name of the other library
     * @param isNew whether the counterpart is a constructor
     * @param hawser the counterpart; empty where there is none
     * @param use the line that shows it in use; empty where there is none
     * @param remark what is said of it
     */
    public record Row(Table table, String name, boolean isNew, String hawser, String use, String remark) {

        @Override
        public String toString() {
            return table + ": " + name + " is " + (hawser.isEmpty() ? "none" : hawser);
        }

        private Stream<Row> inRemark() {
            return MEMBER_IN_REMARK
                    .matcher(remark)
                    .results()
                    .map(member -> new Row(table, name, false, member.group(1), "", ""));
        }
    }

    /** Reads a page. */
    public static NamesPage read(Path file) throws IOException {
        NamesPage page = new NamesPage(Files.readString(file));
        Table table = new Table("", "");
        for (String line : page.text.lines().toList()) {
            Matcher module = MODULE.matcher(line);
            Matcher part = PART.matcher(line);
            Matcher row = ROW.matcher(line);
            if (module.matches()) {
                table = new Table(module.group(1), "");
            } else if (part.matches()) {
                table = new Table(table.module(), part.group(1) == null ? "" : part.group(1));
            } else if (row.matches()) {
                String hawser = row.group(3) == null ? "" : row.group(3);
                String use = row.group(4) == null
                        ? ""
                        : row.group(4).replace('`', ' ').strip();
                page.rows.add(new Row(table, row.group(1), row.group(2) != null, hawser, use, row.group(5)));
            }
        }
        return page;
    }

    /** The first program on the page in a language, such as {@code java}. */
    public String program(String language) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
        require(block.find(), "no program in " + language);
        return block.group(1);
    }

    /** All rows, in their order. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** All tables, in their order. */
    public Set<Table> tables() {
        Set<Table> tables = new LinkedHashSet<>();
        rows.forEach(row -> tables.add(row.table()));
        return tables;
    }

    /** The names of the other library that a table has. */
    public List<String> names(Table table) {
        return rows.stream()
                .filter(row -> row.table().equals(table))
                .map(Row::name)
                .toList();
    }

    /** All rows, and one more for each member of a class that a remark names. */
    public List<Row> counterparts() {
        return rows.stream()
                .flatMap(row -> Stream.concat(Stream.of(row), row.inRemark()))
                .toList();
    }

    /**
     * Checks that what stands beside a name exists, and is there for everybody; or why there is nothing.
     *
     * @param row the row
     * @param packages where its classes are, if their names do not tell
     * @throws AssertionError if it does not exist
     */
    public static void check(Row row, List<String> packages) {
        String hawser = row.hawser();
        if (hawser.isEmpty()) {
            require(!row.remark().isBlank(), row + ": why?");
            return;
        }
        String last = last(row);
        Class<?> type = type(row, packages);
        if (isType(last)) {
            require(Modifier.isPublic(type.getModifiers()), row + ", which is not public");
            require(!row.isNew() || type.getConstructors().length > 0, row + ", which has no public constructor");
        } else {
            require(
                    (isConstant(last) ? fields(type) : methods(type)).contains(last),
                    row + ", which has no such member");
        }
    }

    /**
     * The class that stands beside a name, or whose member does.
     *
     * @throws AssertionError if there is none
     */
    static Class<?> type(Row row, List<String> packages) {
        String hawser = row.hawser();
        return isType(last(row))
                ? named(row, hawser, packages)
                : named(row, hawser.substring(0, hawser.lastIndexOf('.')), packages);
    }

    /** Whether a member stands beside a name, and no class. */
    static boolean isMember(Row row) {
        return !isType(last(row));
    }

    private static String last(Row row) {
        return row.hawser().substring(row.hawser().lastIndexOf('.') + 1);
    }

    private static boolean isType(String last) {
        return Character.isUpperCase(last.charAt(0)) && !isConstant(last);
    }

    private static boolean isConstant(String last) {
        return last.equals(last.toUpperCase(Locale.ROOT));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    private static Class<?> named(Row row, String type, List<String> packages) {
        String nested = type.replaceAll("(?<=[.]|^)([A-Z]\\w*)[.]", "$1\\$");
        Stream<String> candidates = type.matches("(dev|javax?)\\..*")
                ? Stream.of(nested)
                : packages.stream().map(each -> each + "." + nested);
        return candidates
                .flatMap(NamesPage::found)
                .findFirst()
                .orElseThrow(() -> new AssertionError(row + ", and there is no class " + type));
    }

    private static Stream<Class<?>> found(String name) {
        try {
            return Stream.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    /** What is public, and what subclasses override. */
    private static List<String> methods(Class<?> type) {
        Stream<Member> declared = Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()));
        return names(
                Stream.concat(declared, Arrays.stream(type.getMethods())),
                method -> Modifier.isPublic(method.getModifiers()) || Modifier.isProtected(method.getModifiers()));
    }

    private static List<String> fields(Class<?> type) {
        return names(Arrays.stream(type.getFields()), field -> true);
    }

    private static List<String> names(Stream<? extends Member> members, Predicate<Member> wanted) {
        return members.filter(wanted).map(Member::getName).toList();
    }
}
