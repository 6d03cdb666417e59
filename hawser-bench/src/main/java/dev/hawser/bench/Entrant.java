package dev.hawser.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * A server's part in a run. With idle connections it takes part twice, so that what they cost is seen in one run.
 *
 * @param program the server
 * @param idle how many connections it holds besides those of the load, open and silent
 */
record Entrant(ServerProgram program, int idle) {

    /** Each server alone and, if there are to be idle connections, once more with them. */
    static List<Entrant> of(List<ServerProgram> programs, int idle) {
        return programs.stream()
                .map(program -> idle > 0 && program instanceof JavaServer java ? java.touchingItsHeap() : program)
                .flatMap(program -> idle == 0
                        ? Stream.of(new Entrant(program, 0))
                        : Stream.of(new Entrant(program, 0), new Entrant(program, idle)))
                .toList();
    }

    String label() {
        return label(program.name(), idle);
    }

    static String label(String server, int idle) {
        return idle == 0 ? server : server + " +" + idle + " idle";
    }
}
