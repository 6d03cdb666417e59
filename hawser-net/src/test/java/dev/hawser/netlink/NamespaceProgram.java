package dev.hawser.netlink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Runs in a namespace: prints every event that it watches, and runs every line of its input as a command. */
final class NamespaceProgram {

    private NamespaceProgram() {}

    public static void main(String[] topics) throws Exception {
        WatchTopic[] wanted = new WatchTopic[topics.length];
        for (int i = 0; i < topics.length; i++) {
            wanted[i] = WatchTopic.valueOf(topics[i]);
        }
        Thread printer;
        try (NetworkWatch watch = NetworkWatch.open(wanted)) {
            System.out.println("watching");
            printer = Thread.ofVirtual().start(() -> print(watch));
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                runCommand(line);
            }
        }
        printer.join();
    }

    private static void runCommand(String line) throws IOException, InterruptedException {
        if (line.equals("routes")) {
            for (Route route : Network.routes()) {
                System.out.println(route);
            }
            System.out.println("end of routes");
            return;
        }
        int status = new ProcessBuilder(line.split(" ")).inheritIO().start().waitFor();
        if (status != 0) {
            System.out.println(line + ": " + status);
        }
    }

    private static void print(NetworkWatch watch) {
        try {
            while (true) {
                System.out.println(watch.next());
            }
        } catch (IOException e) {
            System.out.println(e.getClass().getSimpleName());
        }
    }
}
