package dev.hawser.reactor.amp;

import dev.hawser.reactor.amp.AmpException.Kind;
import dev.hawser.reactor.defer.Deferred;
import java.util.LinkedHashMap;
import java.util.Map;

/** What this side has asked and the peer has not answered, by the tags that answers come with. */
final class Questions {

    private final Map<String, Deferred<AmpBox>> waiting = new LinkedHashMap<>();
    private final int most;
    private long count;

    Questions(int most) {
        this.most = most;
    }

    void requireRoom() throws AmpException {
        if (waiting.size() >= most) {
            throw new AmpException(Kind.TOO_MANY_QUESTIONS, most + " questions wait for an answer already (AmpLimits)");
        }
    }

    /** A tag that was not used before: in hexadecimal, as Twisted has it. */
    String next() {
        return Long.toHexString(++count);
    }

    Deferred<AmpBox> ask(String tag) {
        Deferred<AmpBox> answer = new Deferred<>();
        waiting.put(tag, answer);
        return answer;
    }

    Deferred<AmpBox> answered(String tag) throws AmpException {
        Deferred<AmpBox> answer = waiting.remove(tag);
        if (answer == null) {
            throw new AmpException(Kind.MALFORMED, "an answer has come to a question that was not asked: " + tag);
        }
        return answer;
    }

    void failAll(Throwable reason) {
        while (!waiting.isEmpty()) {
            String first = waiting.keySet().iterator().next();
            Deferred<AmpBox> answer = waiting.remove(first);
            if (answer != null) {
                answer.errback(reason);
            }
        }
    }
}
