package dev.hawser.cli;

import dev.hawser.examples.Doctor;
import dev.hawser.examples.Finding;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hawser doctor}: what this machine offers to network programs. */
@Command(
        name = "doctor",
        description = {
            "Tells what this kernel, this Java and this C library offer to network programs, and why not.",
            "",
            "Kinds of sockets are made, options are read, and what one waits with is opened: what is told was tried. \"yes\" and \"no\" say "
                    + "whether it is there, \"NO\" that Hawser cannot work without it; a figure has neither.",
            "",
            "Ends with 0 if all is there that Hawser needs, and with 1 if not. To compare two machines: hawser doctor > here",
            ""
        },
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(names = "--json", description = "Writes one object of JSON for each line, for programs.")
    private boolean json;

    DoctorCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = Doctor.examine();
        FindingLines lines = new FindingLines(streams.out());
        if (json) {
            findings.forEach(lines::printJson);
        } else {
            lines.print(findings);
        }
        return findings.stream().anyMatch(Finding::isFatal) ? 1 : 0;
    }
}
