package dev.hawser.bench;

import java.util.List;

/** The scenarios by name, with the arguments that the load process was started with. */
final class Scenarios {
    private Scenarios() {}

    static Scenario named(String name, List<String> arguments) {
        return switch (name) {
            case EchoScenario.NAME -> new EchoScenario(EchoLoad.fromArguments(arguments, false));
            case EchoScenario.NAME_OVER_TLS -> new EchoScenario(EchoLoad.fromArguments(arguments, true));
            case RequestScenario.NAME -> new RequestScenario(RequestLoad.fromArguments(arguments));
            default -> throw new IllegalArgumentException("no scenario is called " + name);
        };
    }
}
