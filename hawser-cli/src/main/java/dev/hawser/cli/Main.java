package dev.hawser.cli;

import dev.hawser.bench.BenchCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ScopeType;

/** The root of the {@code hawser} command: start here to see which subcommands there are. */
@Command(
        name = "hawser",
        scope = ScopeType.INHERIT,
        description = "Network programming for Java, tried from the command line.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:a failure, told in one line", "2:wrong usage"})
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code: 0 for success, 1 for a failure, 2 for wrong usage. */
    public static void main(String[] args) {
        Output output = new Output(new FileOutputStream(FileDescriptor.out));
        System.exit(run(Streams.standard(output), output, args));
    }

    /** Output that is lost is a failure of whatever command wrote it. */
    static int run(Streams streams, Output output, String... args) {
        CommandLine hawser = commandLine(streams);
        int exitCode = hawser.execute(args);
        hawser.getOut().flush();
        streams.out().flush();
        String failed = output.whatFailed();
        if (failed == null) {
            return exitCode;
        }
        streams.err().println("hawser: cannot write the output: " + failed);
        return Math.max(exitCode, ExitCode.SOFTWARE);
    }

    static CommandLine commandLine(Streams streams) {
        CommandLine hawser = new CommandLine(new Main())
                .addSubcommand(new DemoCommand(streams))
                .addSubcommand(new CommandLine(new RunCommand())
                        .addSubcommand(new TimeServerCommand(streams))
                        .addSubcommand(new TimeClientCommand(streams))
                        .addSubcommand(new EchoServerCommand(streams))
                        .addSubcommand(new HttpClientCommand(streams))
                        .addSubcommand(new ChatRoomCommand(streams))
                        .addSubcommand(new KeyValueServerCommand(streams))
                        .addSubcommand(new DnsServerCommand(streams))
                        .addSubcommand(new PreforkServerCommand(streams))
                        .addSubcommand(new ReactorChatRoomCommand(streams))
                        .addSubcommand(new NumberGameCommand(streams))
                        .addSubcommand(new PortForwardCommand(streams))
                        .addSubcommand(new UdpEchoCommand(streams))
                        .addSubcommand(new CommandLine(new SuperviseCommand(streams)).setStopAtPositional(true)))
                .addSubcommand(new SocketsCommand(streams))
                .addSubcommand(new ResolveCommand(streams))
                .addSubcommand(new ServeCommand(streams))
                .addSubcommand(new ConnectCommand(streams))
                .addSubcommand(new DoctorCommand(streams))
                .addSubcommand(new BenchCommand())
                .addSubcommand(new CompletionCommand());
        return hawser.setOut(writer(streams.out()))
                .setErr(writer(streams.err()))
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failed);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }
}
