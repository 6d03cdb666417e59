package dev.hawser.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what went wrong, each time in one line. */
final class Failures {

    private Failures() {}

    /** Somebody typed what no command takes. */
    static int wrongUsage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        if (failure.getClass() == ParameterException.class
                && !command.getSubcommands().isEmpty()) {
            command.getErr().println("Which command?");
            command.usage(command.getErr()); // there is nothing to correct, so the choice is what helps
        } else {
            String help = command.getCommandSpec().qualifiedName() + " --help";
            command.getErr().println("hawser: " + describe(failure) + "; see " + help);
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String describe(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> known = unmatched.getSuggestions();
            String what = unmatched.getUnmatched().stream()
                    .map(text -> "'" + text + "'")
                    .collect(Collectors.joining(" "));
            return "unknown " + what + (known.isEmpty() ? "" : ", did you mean " + String.join(" or ", known) + "?");
        }
        // Of a positional parameter, the number says less than the value does.
        return String.valueOf(failure.getMessage())
                .replaceFirst("^Error: ", "")
                .replaceFirst("^Invalid value for positional parameter at index \\d+ \\([^)]*\\): ", "");
    }

    /** A command failed. What is no failure of input or output is a defect, and keeps its stack trace. */
    static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (!(failure instanceof IOException)) {
            throw failure;
        }
        String message = failure.getMessage();
        command.getErr().println("hawser: " + (message == null ? failure.toString() : message));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
