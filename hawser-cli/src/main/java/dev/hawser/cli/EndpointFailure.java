package dev.hawser.cli;

import dev.hawser.reactor.endpoints.EndpointSyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Says in one line what is wrong with an endpoint's string, and where. */
final class EndpointFailure {

    private EndpointFailure() {}

    /** The place is marked in the string, as there is one line alone: {@code tcp:>>>x}. */
    static ParameterException of(CommandLine command, String description, EndpointSyntaxException failure) {
        int at = Math.min(failure.position(), description.length());
        return new ParameterException(
                command,
                "'" + description.substring(0, at) + ">>>" + description.substring(at) + "': " + failure.reason(),
                failure);
    }
}
