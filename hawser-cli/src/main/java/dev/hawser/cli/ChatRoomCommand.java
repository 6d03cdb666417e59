package dev.hawser.cli;

import dev.hawser.examples.ChatRoom;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser run chat-room}. */
@Command(
        name = "chat-room",
        description = {
            "A room where people talk line by line, until Ctrl-C.",
            "",
            "The first line is one's name; /who tells who is there, /quit leaves. Enter it with: socat - TCP:127.0.0.1:7008, or "
                    + "telnet 127.0.0.1 7008",
            "",
            Serving.END
        },
        sortOptions = false)
final class ChatRoomCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private final ListenOption listen = new ListenOption(7008);

    @Option(
            names = "--members",
            defaultValue = "100",
            paramLabel = "COUNT",
            converter = CountConverter.class,
            description = "How many there may be at a time. Default: ${DEFAULT-VALUE}.")
    private int maxMembers;

    ChatRoomCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        return listen.serve(address -> new ChatRoom(address, maxMembers, streams.out()), "chat room", streams);
    }
}
