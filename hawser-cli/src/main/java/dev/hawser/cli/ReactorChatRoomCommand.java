package dev.hawser.cli;

import dev.hawser.examples.ReactorChatRoom;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser run reactor-chat-room}. */
@Command(
        name = "reactor-chat-room",
        description = {
            "A room where people talk line by line, on the reactor, until Ctrl-C.",
            "",
            "The first line is one's name; /who tells who is there, /quit leaves. Enter it with: socat - TCP:127.0.0.1:7012, or "
                    + "telnet 127.0.0.1 7012",
            "",
            Serving.END
        },
        sortOptions = false)
final class ReactorChatRoomCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ListenOption listen = new ListenOption(7012);

    @Option(
            names = "--members",
            defaultValue = "100",
            paramLabel = "COUNT",
            converter = CountConverter.class,
            description = "How many there may be at a time. Default: ${DEFAULT-VALUE}.")
    private int maxMembers;

    ReactorChatRoomCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return listen.serve(
                address -> new ReactorChatRoom(address, maxMembers, streams.out()), "reactor chat room", streams);
    }
}
