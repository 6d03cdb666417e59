package dev.hawser.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hawser.socket.Errno;
import dev.hawser.socket.KernelFeature;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks at what this machine offers to network programs: Java, kernel, kinds of sockets, options, limits. What can be tried is tried: a version number does
 * not tell what a container or an administrator has turned off.
 */
public final class Doctor {

    private static final String JAVA = "Java";
    private static final String SYSTEM = "System";
    private static final String WAITING = "Waiting";
    private static final String LIMITS = "Limits";

    private static final int MAX_FILE_BYTES = 8192;
    private static final int OLDEST_JAVA = 25;
    private static final Pattern KERNEL = Pattern.compile("(\\d+)\\.(\\d+).*");

    /** As the C libraries write it into themselves. */
    private static final Pattern GLIBC = Pattern.compile("GNU C Library [^\\n]*version (\\d+\\.\\d+)");

    private final List<Finding> findings = new ArrayList<>();

    private Doctor() {}

    /** All findings, in the order in which to tell them. */
    public static List<Finding> examine() throws IOException {
        Doctor doctor = new Doctor();
        doctor.java();
        doctor.system();
        doctor.waiting();
        doctor.findings.addAll(SocketKinds.examine());
        doctor.findings.addAll(OptionTables.examine());
        doctor.limits();
        return List.copyOf(doctor.findings);
    }

    private void java() {
        Runtime.Version version = Runtime.version();
        add(Finding.of(
                        JAVA,
                        "JDK " + OLDEST_JAVA + " or later",
                        version.feature() >= OLDEST_JAVA,
                        version + ", " + System.getProperty("java.vendor"))
                .asNeeded());
        // It could not be told, were it otherwise: whoever asks the kernel anything has it.
        Module posix = ModuleLayer.boot()
                .findModule("dev.hawser.posix")
                .orElse(KernelFeature.class.getClassLoader().getUnnamedModule());
        add(Finding.of(
                        JAVA,
                        "native access",
                        posix.isNativeAccessEnabled(),
                        posix.isNativeAccessEnabled()
                                ? "granted to " + (posix.isNamed() ? posix.getName() : "the class path")
                                : "start java with --enable-native-access="
                                        + (posix.isNamed() ? posix.getName() : "ALL-UNNAMED"))
                .asNeeded());
        String cache = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:AOTCache="))
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .findFirst()
                .orElse("");
        boolean cached = !cache.isEmpty() && Files.isReadable(Path.of(cache));
        add(Finding.of(JAVA, "AOT cache", cached, cached ? "starts sooner: " + cache : "none given by -XX:AOTCache"));
        add(Finding.figure(
                JAVA,
                "processors",
                Runtime.getRuntime().availableProcessors() + ", heap up to "
                        + Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MiB"));
    }

    private void system() throws IOException {
        String release = System.getProperty("os.version");
        Matcher numbers = KERNEL.matcher(release);
        boolean recent = System.getProperty("os.name").equals("Linux")
                && numbers.matches()
                && Integer.parseInt(numbers.group(1)) * 1000 + Integer.parseInt(numbers.group(2)) >= 5010;
        add(Finding.of(SYSTEM, "Linux 5.10 or later", recent, System.getProperty("os.name") + " " + release)
                .asNeeded());
        String processor = System.getProperty("os.arch");
        add(Finding.of(SYSTEM, "x86-64 or aarch64", List.of("amd64", "aarch64").contains(processor), processor)
                .asNeeded());
        add(Finding.figure(SYSTEM, "C library", libc()));
        String clock = text("/sys/devices/system/clocksource/clocksource0/current_clocksource");
        add(Finding.figure(
                SYSTEM,
                "time",
                (clock.isEmpty() ? "" : "clock source " + clock + ", ") + "zone " + ZoneId.systemDefault()));
    }

    private void waiting() {
        for (KernelFeature feature : KernelFeature.values()) {
            KernelFeature.Trial trial = feature.probe();
            String name = feature.name().toLowerCase(Locale.ROOT);
            Finding finding = Finding.of(
                    WAITING,
                    name,
                    trial.isAvailable(),
                    trial.isAvailable() ? String.join(" ", trial.details()) : reason(feature, trial.errno()));
            add(feature == KernelFeature.EPOLL || feature == KernelFeature.EVENTFD ? finding.asNeeded() : finding);
        }
    }

    private static String reason(KernelFeature feature, int errno) {
        String why = Errno.name(errno) + " (" + Errno.text(errno) + ")";
        String disabled = text("/proc/sys/kernel/io_uring_disabled");
        return feature == KernelFeature.IO_URING && !disabled.isEmpty() && !disabled.equals("0")
                ? why + ": kernel.io_uring_disabled is " + disabled
                : why;
    }

    private void limits() {
        String files = Stream.of(text("/proc/self/limits").split("\n"))
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split("\\s+"))
                .map(words -> words[3] + ", at most " + words[4])
                .findFirst()
                .orElse("");
        figure("open files (ulimit -n)", files);
        figure("open files, in all", text("/proc/sys/fs/file-max"));
        figure("listen backlog", sysctl("net/core/somaxconn"));
        figure("local ports", sysctl("net/ipv4/ip_local_port_range").replaceAll("\\s+", " to "));
        figure("receive buffer", bytes("net/core/rmem_max"));
        figure("send buffer", bytes("net/core/wmem_max"));
        figure("of TCP, receive", sysctl("net/ipv4/tcp_rmem").replaceAll("\\s+", " "));
        figure("of TCP, send", sysctl("net/ipv4/tcp_wmem").replaceAll("\\s+", " "));
        figure("congestion control", sysctl("net/ipv4/tcp_available_congestion_control"));
        figure("Unix datagrams waiting", sysctl("net/unix/max_dgram_qlen"));
        figure("unprivileged ports", from(sysctl("net/ipv4/ip_unprivileged_port_start")));
    }

    private static String from(String port) {
        return port.isEmpty() ? "" : "from " + port;
    }

    private static String bytes(String name) {
        String figure = sysctl(name);
        return figure.isEmpty() ? "" : "up to " + figure + " bytes";
    }

    private void figure(String name, String detail) {
        add(Finding.figure(LIMITS, name, detail.isEmpty() ? "this kernel does not tell" : detail));
    }

    private void add(Finding finding) {
        findings.add(finding);
    }

    private static String sysctl(String name) {
        return text("/proc/sys/" + name);
    }

    /**
     * What a file of the kernel's says; nothing where it is not there, or not for everybody. It is read at one go: of a number, the kernel gives nothing to
     * whoever comes for a second part.
     */
    private static String text(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = new byte[MAX_FILE_BYTES];
            int read = in.read(bytes);
            return new String(bytes, 0, Math.max(read, 0), ISO_8859_1).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The C library that this process has loaded: a file, in which the version is written. */
    private static String libc() throws IOException {
        Path file = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .map(line -> line.replaceFirst("^[^/]*", ""))
                .filter(name -> name.matches(".*/(libc\\.so\\.6|libc-[\\d.]+\\.so|ld-musl-.*\\.so\\.1)"))
                .map(Path::of)
                .findFirst()
                .orElse(null);
        if (file == null) {
            return "of an unknown kind";
        }
        if (file.getFileName().toString().startsWith("ld-musl")) {
            return "musl, " + file;
        }
        Matcher version = GLIBC.matcher(Files.readString(file, ISO_8859_1));
        return "glibc " + (version.find() ? version.group(1) : "") + ", " + file;
    }
}
