package dev.hawser.select;

import java.util.ArrayList;
import java.util.List;

/** What a selector has told, in order. */
final class Told implements Selector.Handler {

    private final List<ReadyKey> all = new ArrayList<>();

    @Override
    public void ready(SelectorKey key, int events) {
        all.add(new ReadyKey(key, events));
    }

    List<ReadyKey> all() {
        return all;
    }

    List<Object> attachments() {
        return all.stream()
                .map(ready -> (Object) String.valueOf(ready.key().attachment()))
                .toList();
    }
}
