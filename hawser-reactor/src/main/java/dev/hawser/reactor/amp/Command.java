package dev.hawser.reactor.amp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one side may ask of the other: its name, what it takes, what it answers, and how it may fail. A constant of the program, which both sides share. Each
 * method gives another command with one thing more.
 *
 * <h2>Threading</h2>
 * Immutable.
 *
 * <p>Source: Twisted's {@code amp.Command}.
 *
 * {@snippet file="dev/hawser/reactor/amp/AmpSnippetsTest.java" region="command"}
 */
public final class Command {

    private final String name;
    private final List<Argument<?>> arguments;
    private final List<Argument<?>> responses;
    private final List<DeclaredError<?>> errors;
    private final boolean requiresAnswer;

    /** An error that both sides know. */
    private record DeclaredError<E extends Exception>(
            String code, Class<E> type, Function<String, ? extends E> fromDescription, boolean fatal) {}

    private Command(
            String name,
            List<Argument<?>> arguments,
            List<Argument<?>> responses,
            List<DeclaredError<?>> errors,
            boolean requiresAnswer) {
        this.name = name;
        this.arguments = arguments;
        this.responses = responses;
        this.errors = errors;
        this.requiresAnswer = requiresAnswer;
    }

    /**
     * A command that takes nothing, and answers that it is done.
     *
     * @param name its name, as both sides have it; Twisted's is that of the class
     * @return the command
     */
    public static Command named(String name) {
        if (name.isEmpty()
                || name.length() > AmpBox.MAX_VALUE_BYTES
                || name.chars().anyMatch(c -> c > 0xff)) {
            throw new IllegalArgumentException(
                    "the name of a command is 1 to 65535 bytes, a character for each: " + name);
        }
        return new Command(name, List.of(), List.of(), List.of(), true);
    }

    /**
     * With one argument more.
     *
     * @param argument what it takes
     * @return another command
     */
    public Command argument(Argument<?> argument) {
        return new Command(name, plus(arguments, argument), responses, errors, requiresAnswer);
    }

    /**
     * With one value more in its answer.
     *
     * @param response what it answers
     * @return another command
     */
    public Command response(Argument<?> response) {
        return new Command(name, arguments, plus(responses, response), errors, requiresAnswer);
    }

    private static List<Argument<?>> plus(List<Argument<?>> list, Argument<?> more) {
        if (list.stream().anyMatch(each -> each.name().equals(more.name()))) {
            throw new IllegalArgumentException("there is an argument " + more.name() + " already");
        }
        List<Argument<?>> longer = new ArrayList<>(list);
        longer.add(more);
        return List.copyOf(longer);
    }

    /**
     * With one more way to fail: a responder that throws it answers with the code, and a call that is answered with the code fails with it. Where several
     * fit, the first that was declared does.
     *
     * @param code what is sent
     * @param type the exception, and its subclasses
     * @param fromDescription makes the exception of its message: its constructor mostly
     * @param <E> the type of the exception
     * @return another command
     */
    public <E extends Exception> Command error(
            String code, Class<E> type, Function<String, ? extends E> fromDescription) {
        return with(new DeclaredError<>(code, type, fromDescription, false));
    }

    /**
     * As {@link #error}, and whoever answers with it closes the connection then.
     *
     * @param code what is sent
     * @param type the exception, and its subclasses
     * @param fromDescription makes the exception of its message
     * @param <E> the type of the exception
     * @return another command
     */
    public <E extends Exception> Command fatalError(
            String code, Class<E> type, Function<String, ? extends E> fromDescription) {
        return with(new DeclaredError<>(code, type, fromDescription, true));
    }

    private Command with(DeclaredError<?> error) {
        List<DeclaredError<?>> more = new ArrayList<>(errors);
        more.add(error);
        return new Command(name, arguments, responses, List.copyOf(more), requiresAnswer);
    }

    /**
     * The same, which is not answered: a call of it is done when it is sent, and whether it has worked nobody tells.
     *
     * @return another command
     */
    public Command withoutAnswer() {
        return new Command(name, arguments, responses, errors, false);
    }

    /**
     * Its name.
     *
     * @return as it is sent
     */
    public String name() {
        return name;
    }

    /**
     * What it takes.
     *
     * @return the arguments, in the order in which they were declared
     */
    public List<Argument<?>> arguments() {
        return arguments;
    }

    /**
     * What it answers.
     *
     * @return the arguments of the answer
     */
    public List<Argument<?>> responses() {
        return responses;
    }

    /**
     * Whether a call of it is answered.
     *
     * @return false after {@link #withoutAnswer}
     */
    public boolean requiresAnswer() {
        return requiresAnswer;
    }

    /** What the peer has answered as an exception; the same where its code is not declared. */
    Throwable declared(RemoteErrorException remote) {
        Optional<DeclaredError<?>> known = errors.stream()
                .filter(each -> each.code().equals(remote.code()))
                .findFirst();
        return known.isPresent() ? exception(known.get(), remote) : remote;
    }

    private static Exception exception(DeclaredError<?> error, RemoteErrorException remote) {
        Exception made = error.fromDescription().apply(remote.description());
        made.addSuppressed(remote); // says that it was the peer's
        return made;
    }

    /** A responder's failure as it is answered, where it is declared. */
    Optional<RemoteErrorException> answer(Throwable failure) {
        if (failure instanceof RemoteErrorException remote) {
            return Optional.of(remote);
        }
        return errors.stream()
                .filter(each -> each.type().isInstance(failure))
                .findFirst()
                .map(each -> new RemoteErrorException(each.code(), description(failure), each.fatal()));
    }

    private static String description(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "" : message;
    }

    @Override
    public String toString() {
        return "command " + name;
    }
}
