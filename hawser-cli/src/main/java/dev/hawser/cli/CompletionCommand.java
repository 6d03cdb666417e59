package dev.hawser.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hawser generate-completion}: what a shell needs to complete the command's arguments. */
@Command(
        name = "generate-completion",
        description = {
            "Prints a script for bash and zsh that completes commands, options and their values.",
            "",
            "For this shell: source <(hawser generate-completion)",
            "For good, in bash:",
            "  d=~/.local/share/bash-completion/completions && mkdir -p $d",
            "  hawser generate-completion > $d/hawser",
            ""
        })
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    CompletionCommand() {}

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("hawser", spec.root().commandLine()));
        spec.commandLine().getOut().print('\n');
        spec.commandLine().getOut().flush();
        return 0;
    }
}
