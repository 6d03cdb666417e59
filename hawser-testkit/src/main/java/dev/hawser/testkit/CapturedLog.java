package dev.hawser.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What a logger is told while it is open, of every level; nothing of it reaches the console. */
public final class CapturedLog extends Handler implements AutoCloseable {

    private final Logger logger;
    private final @Nullable Level before;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    /** Of the logger of that name, and those below it. */
    public CapturedLog(String name) {
        logger = Logger.getLogger(name);
        before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** All of it. */
    public List<LogRecord> records() {
        return records;
    }

    /** The texts of all of it. */
    public List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    /** The texts of the errors. What else is there may come from a machine that is busy: that a loop was held up, say. */
    public List<String> errors() {
        return at(Level.SEVERE).stream().map(LogRecord::getMessage).toList();
    }

    /** That of one level. */
    public List<LogRecord> at(Level level) {
        return records.stream().filter(each -> each.getLevel().equals(level)).toList();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
        logger.setLevel(before);
    }
}
