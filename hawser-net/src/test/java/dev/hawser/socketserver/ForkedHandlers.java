package dev.hawser.socketserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the workers of tests do: whatever their client asks for. */
final class ForkedHandlers {

    private ForkedHandlers() {}

    /** One order, a line. */
    static final class Obedient extends StreamRequestHandler {

        private static final int BLOCK_BYTES = 1 << 20;
        private static final List<byte[]> LEAK = new ArrayList<>();

        @Override
        protected void handle() throws Exception {
            String[] order = readLine().split(" ", 2);
            switch (order[0]) {
                case "pid" -> say(pid());
                case "echo" -> say(order[1]);
                case "exit" -> System.exit(Integer.parseInt(order[1]));
                case "throw" -> throw new IllegalStateException(order[1]);
                case "leak" -> leak();
                case "loop" -> {
                    say(pid());
                    while (true) {
                        Thread.onSpinWait();
                    }
                }
                case "wait" -> {
                    say(pid());
                    say(readLine());
                }
                default -> throw new IllegalArgumentException(order[0]);
            }
        }

        private static void leak() {
            while (true) {
                LEAK.add(new byte[BLOCK_BYTES]);
            }
        }

        private String readLine() throws IOException {
            return new String(rfile().readLine(1000), UTF_8).strip();
        }

        private void say(String what) throws IOException {
            wfile().write((what + "\n").getBytes(UTF_8));
        }
    }

    /** Answers with its process and what came. */
    static final class PidAndDatagram extends DatagramRequestHandler {

        @Override
        protected void handle() throws IOException {
            wfile().write((pid() + " ").getBytes(UTF_8));
            wfile().write(packet());
        }
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }
}
