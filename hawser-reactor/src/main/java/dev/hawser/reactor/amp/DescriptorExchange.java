package dev.hawser.reactor.amp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hawser.reactor.Protocol;
import dev.hawser.socket.PassedDescriptors;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Descriptors of one connection. Each has a number, in the order in which they pass; a box says which are its own. */
final class DescriptorExchange {

    /** A peer that passes descriptors and names none of them is not served. */
    private static final int MOST_UNCLAIMED = 1024;

    private static final System.Logger LOG = System.getLogger("dev.hawser.reactor.amp");

    private final Protocol protocol;
    private final Map<Long, Descriptor> unclaimed = new HashMap<>();
    private long nextSent;
    private long nextReceived;

    DescriptorExchange(Protocol protocol) {
        this.protocol = protocol;
    }

    byte[] pass(Descriptor descriptor) throws IOException {
        try {
            protocol.transport().sendFileDescriptor(descriptor);
            descriptor.passed();
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return Long.toString(nextSent++).getBytes(US_ASCII);
    }

    void came(PassedDescriptors descriptors) {
        if (unclaimed.size() + descriptors.count() > MOST_UNCLAIMED) {
            throw new IllegalStateException("more than " + MOST_UNCLAIMED + " descriptors came that no box names");
        }
        for (int i = 0; i < descriptors.count(); i++) {
            unclaimed.put(nextReceived++, Descriptor.giving(descriptors.take(i)));
        }
    }

    Descriptor received(long number) {
        Descriptor descriptor = unclaimed.remove(number);
        if (descriptor == null) {
            throw new IllegalArgumentException("descriptor " + number + " did not come, or was named before");
        }
        return descriptor;
    }

    void close() {
        unclaimed.values().forEach(DescriptorExchange::close);
        unclaimed.clear();
    }

    /** Values that go nowhere: what was to be given away with them is closed. */
    void drop(AmpValues values) {
        for (Object each : values.all()) {
            if (each instanceof Descriptor descriptor) {
                close(descriptor);
            }
        }
    }

    private static void close(Descriptor descriptor) {
        try {
            descriptor.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "a descriptor that nobody wanted cannot be closed", e);
        }
    }
}
