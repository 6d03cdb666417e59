package dev.hawser.reactor.protocols;

import dev.hawser.reactor.Producer;
import dev.hawser.reactor.PullProducer;
import dev.hawser.reactor.PushProducer;

/** A producer that can be held up by a second party beside its consumer. */
sealed interface HeldProducer {

    void setHeld(boolean held);

    /** What the consumer gets. */
    Producer asProducer();

    static HeldProducer of(Producer producer) {
        return switch (producer) {
            case PushProducer push -> new Push(push);
            case PullProducer pull -> new Pull(pull);
        };
    }

    /** Paused while either wants it. */
    final class Push implements HeldProducer, PushProducer {

        private static final int CONSUMER = 1;
        private static final int OTHER = 2;

        private final PushProducer producer;
        private final Gate gate;

        Push(PushProducer producer) {
            this.producer = producer;
            this.gate = new Gate(producer::pauseProducing, producer::resumeProducing);
        }

        @Override
        public void setHeld(boolean held) {
            gate.set(OTHER, held);
        }

        @Override
        public Producer asProducer() {
            return this;
        }

        @Override
        public void pauseProducing() {
            gate.hold(CONSUMER);
        }

        @Override
        public void resumeProducing() {
            gate.release(CONSUMER);
        }

        @Override
        public void stopProducing() {
            producer.stopProducing();
        }
    }

    /** What the consumer asked for comes later. */
    final class Pull implements HeldProducer, PullProducer {

        private final PullProducer producer;
        private boolean held;
        private boolean asked;

        Pull(PullProducer producer) {
            this.producer = producer;
        }

        @Override
        public void setHeld(boolean held) {
            this.held = held;
            if (!held && asked) {
                asked = false;
                producer.resumeProducing();
            }
        }

        @Override
        public Producer asProducer() {
            return this;
        }

        @Override
        public void resumeProducing() {
            if (held) {
                asked = true;
            } else {
                producer.resumeProducing();
            }
        }

        @Override
        public void stopProducing() {
            producer.stopProducing();
        }
    }
}
