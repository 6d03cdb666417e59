package dev.hawser;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.hawser.cli.Depths;
import dev.hawser.netpoll.Deadline;
import dev.hawser.netpoll.Registrations;
import dev.hawser.netpoll.Timeouts;
import dev.hawser.posix.Abi;
import dev.hawser.posix.Errno;
import dev.hawser.posix.SystemCalls;
import dev.hawser.socket.Socket;
import dev.hawser.socketserver.BaseRequestHandler;
import dev.hawser.socketserver.DatagramRequestHandler;
import dev.hawser.socketserver.StreamRequestHandler;
import dev.hawser.tls.TlsSocket;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.FileChannel;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls that the module system cannot build: ARCHITECTURE.md says why each stands. */
class ArchitectureTest {

    private static final int MAX_INHERITANCE_DEPTH = 2;

    /** What stands on the library, as what others write does. */
    private static final String[] PROGRAMS = {
        "dev.hawser.metrics..", "dev.hawser.examples..", "dev.hawser.bench..", "dev.hawser.cli.."
    };

    /** What is in the process of a worker, and what starts it. */
    private static final String WORKERS = "dev\\.hawser\\.socketserver\\.Worker.*";

    /** What in the reactor is no socket: the pipes of processes, and standard input and output. */
    private static final String PIPES = "dev\\.hawser\\.reactor\\.(Pipe|Process|StandardIo|Stdio|Child).*";

    private static final JavaClasses HAWSER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.hawser");

    private static final DescribedPredicate<JavaClass> KINDS_OF_HANDLERS =
            belongToAnyOf(BaseRequestHandler.class, StreamRequestHandler.class, DatagramRequestHandler.class);

    private static final ArchRule SHALLOW = classes()
            .that(describe("are no exceptions", type -> !type.isAssignableTo(Throwable.class)))
            .should(inheritAtMost(MAX_INHERITANCE_DEPTH));

    @Test
    void everyModuleIsLookedAt() {
        assertThat(HAWSER.stream().map(JavaClass::getPackageName).distinct())
                .contains(
                        "dev.hawser.posix",
                        "dev.hawser.netpoll",
                        "dev.hawser.socket",
                        "dev.hawser.select",
                        "dev.hawser.asyncore",
                        "dev.hawser.asynchat",
                        "dev.hawser.socketserver",
                        "dev.hawser.netlink",
                        "dev.hawser.tls",
                        "dev.hawser.io",
                        "dev.hawser.unix",
                        "dev.hawser.reactor",
                        "dev.hawser.reactor.time",
                        "dev.hawser.reactor.defer",
                        "dev.hawser.reactor.amp",
                        "dev.hawser.reactor.application",
                        "dev.hawser.reactor.endpoints",
                        "dev.hawser.reactor.haproxy",
                        "dev.hawser.reactor.socks",
                        "dev.hawser.reactor.task",
                        "dev.hawser.reactor.protocols",
                        "dev.hawser.reactor.testing",
                        "dev.hawser.metrics",
                        "dev.hawser.examples",
                        "dev.hawser.bench",
                        "dev.hawser.cli");
    }

    @Test
    void onlyOneClassLinksNativeCode() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.hawser.posix.Native")
                .should()
                .callMethod(java.lang.foreign.Linker.class, "nativeLinker")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.lang.foreign.SymbolLookup.class)
                .check(HAWSER);
    }

    @Test
    void theSystemCallsKnowNothingAboveThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.posix..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.hawser..").and(resideOutsideOfPackage("dev.hawser.posix..")))
                .check(HAWSER);
    }

    @Test
    void theNetpollerKnowsNothingOfSockets() {
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.netpoll..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.hawser.socket..")
                .check(HAWSER);
    }

    @Test
    void socketsKnowNothingOfWhatStandsOnThem() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.hawser.netpoll..", "dev.hawser.socket..", "dev.hawser.io..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hawser.select..",
                        "dev.hawser.asyncore..",
                        "dev.hawser.asynchat..",
                        "dev.hawser.socketserver..",
                        "dev.hawser.netlink..",
                        "dev.hawser.tls..")
                .check(HAWSER);
    }

    /** A dispatcher waits by selectors alone, and moves bytes by sockets; what is no socket has its one class. */
    @Test
    void dispatchersStandOnSelectorsAndSocketsAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.asyncore..")
                .and()
                .doNotHaveFullyQualifiedName("dev.hawser.asyncore.FileWrapper")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.hawser..")
                        .and(resideOutsideOfPackages(
                                "dev.hawser.asyncore..", "dev.hawser.select..", "dev.hawser.socket..")))
                .check(HAWSER);
        noClasses()
                .that()
                .haveFullyQualifiedName("dev.hawser.asyncore.FileWrapper")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.hawser..")
                        .and(resideOutsideOfPackages(
                                "dev.hawser.asyncore..", "dev.hawser.socket..", "dev.hawser.netpoll.."))
                        .and(not(belongToAnyOf(SystemCalls.class, Abi.class, Errno.class))))
                .check(HAWSER);
    }

    /** Selectors are the business of the dispatchers below. */
    @Test
    void chatsStandOnDispatchersAndSocketsAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.asynchat..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.hawser..")
                        .and(resideOutsideOfPackages(
                                "dev.hawser.asynchat..", "dev.hawser.asyncore..", "dev.hawser.socket..")))
                .check(HAWSER);
    }

    /**
     * A server waits by a selector, and moves bytes by sockets; of the layer below it has the deadlines, and is told when its socket is
     * closed. The system calls of a worker's process are the worker's.
     */
    @Test
    void serversStandOnWhatEveryUserOfSocketsHas() {
        DescribedPredicate<JavaClass> below = resideInAnyPackage("dev.hawser..")
                .and(resideOutsideOfPackages(
                        "dev.hawser.socketserver..",
                        "dev.hawser.select..",
                        "dev.hawser.socket..",
                        "dev.hawser.unix..",
                        "dev.hawser.io.."))
                .and(not(belongToAnyOf(Deadline.class, Timeouts.class, Registrations.class)));
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.socketserver..")
                .and()
                .haveNameNotMatching(WORKERS)
                .should()
                .dependOnClassesThat(below)
                .check(HAWSER);
        noClasses()
                .that()
                .haveNameMatching(WORKERS)
                .should()
                .dependOnClassesThat(below.and(not(belongToAnyOf(SystemCalls.class, Abi.class, Errno.class))))
                .check(HAWSER);
    }

    @Test
    void nothingInTheLibraryStandsOnServers() {
        noClasses()
                .that()
                .resideInAPackage("dev.hawser..")
                .and()
                .resideOutsideOfPackages(Stream.concat(Stream.of("dev.hawser.socketserver.."), Stream.of(PROGRAMS))
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hawser.socketserver..")
                .check(HAWSER);
    }

    @Test
    void textIsReadWithoutKnowingOfSockets() {
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.io..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.hawser..").and(resideOutsideOfPackage("dev.hawser.io..")))
                .check(HAWSER);
    }

    /** Readiness is of descriptors, whatever they are of; the system calls have their seam, and the numbers of the headers. */
    @Test
    void readinessKnowsDescriptorsAndNothingThatStandsOnSockets() {
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.select..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "dev.hawser.netlink..", "dev.hawser.tls..", "dev.hawser.io..", "dev.hawser.posix..")
                        .and(not(belongToAnyOf(SystemCalls.class, Abi.class, Errno.class))))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Socket.class, TlsSocket.class)
                .check(HAWSER);
    }

    /** Of the layer below, TLS has the deadlines alone: it moves bytes as every user of sockets does. */
    @Test
    void tlsStandsOnWhatEveryUserOfSocketsHas() {
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.tls..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.hawser.posix..", "dev.hawser.netlink..", "dev.hawser.netpoll..")
                                .and(not(type(Deadline.class)))
                                .and(not(type(Timeouts.class))))
                .check(HAWSER);
    }

    /** Of the layers below, netlink has the numbers of the kernel's headers alone. */
    @Test
    void netlinkStandsOnWhatEveryUserOfSocketsHas() {
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.netlink..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.hawser.posix..", "dev.hawser.tls..", "dev.hawser.netpoll..")
                                .and(not(type(Abi.class))))
                .check(HAWSER);
    }

    @Test
    void nothingBelowTheReactorKnowsIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.hawser..")
                .and()
                .resideOutsideOfPackages(Stream.concat(Stream.of("dev.hawser.reactor.."), Stream.of(PROGRAMS))
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hawser.reactor..")
                .check(HAWSER);
    }

    /** It moves bytes by sockets and waits by selectors, which are the loop's: what stands on the loop knows nothing of them. */
    @Test
    void theReactorStandsOnSocketsAndSelectorsAlone() {
        DescribedPredicate<JavaClass> below = resideInAnyPackage("dev.hawser..")
                .and(resideOutsideOfPackages(
                        "dev.hawser.reactor..",
                        "dev.hawser.socket..",
                        "dev.hawser.select..",
                        "dev.hawser.tls..",
                        "dev.hawser.unix.."));
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.reactor..")
                .and()
                .haveNameNotMatching(PIPES)
                .should()
                .dependOnClassesThat(below)
                .check(HAWSER);
        noClasses()
                .that()
                .haveNameMatching(PIPES)
                .should()
                .dependOnClassesThat(below.and(not(belongToAnyOf(SystemCalls.class, Abi.class, Errno.class))))
                .check(HAWSER);
        noClasses()
                .that()
                .resideInAPackage("dev.hawser.reactor..")
                .and()
                .resideOutsideOfPackage("dev.hawser.reactor")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hawser.select..")
                .check(HAWSER);
    }

    /** Each may know those before it: {@code time}, {@code defer}, the core, and then the rest. */
    @Test
    void thePackagesOfTheReactorKnowThoseBelowThemAlone() {
        knowsOf("dev.hawser.reactor.time");
        knowsOf("dev.hawser.reactor.defer", "dev.hawser.reactor.time");
        knowsOf("dev.hawser.reactor", "dev.hawser.reactor.time", "dev.hawser.reactor.defer");
        knowsOf(
                "dev.hawser.reactor.haproxy",
                "dev.hawser.reactor",
                "dev.hawser.reactor.time",
                "dev.hawser.reactor.defer",
                "dev.hawser.reactor.protocols");
        knowsOf(
                "dev.hawser.reactor.socks",
                "dev.hawser.reactor",
                "dev.hawser.reactor.time",
                "dev.hawser.reactor.defer",
                "dev.hawser.reactor.protocols",
                "dev.hawser.reactor.endpoints");
    }

    private static void knowsOf(String one, String... others) {
        noClasses()
                .that()
                .resideInAPackage(one)
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.hawser.reactor..")
                        .and(resideOutsideOfPackages(
                                Stream.concat(Stream.of(one), Stream.of(others)).toArray(String[]::new))))
                .check(HAWSER);
    }

    @Test
    void programsUseWhatEveryUserCanUse() {
        noClasses()
                .that()
                .resideInAnyPackage(PROGRAMS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.hawser.posix..", "dev.hawser.netpoll..")
                .check(HAWSER);
    }

    @Test
    void theLibraryStandsOnNoOtherNetworkStack() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.hawser.posix..",
                        "dev.hawser.netpoll..",
                        "dev.hawser.socket..",
                        "dev.hawser.select..",
                        "dev.hawser.asyncore..",
                        "dev.hawser.asynchat..",
                        "dev.hawser.socketserver..",
                        "dev.hawser.netlink..",
                        "dev.hawser.io..",
                        "dev.hawser.reactor..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.DatagramSocket")
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "sun..", "jdk.internal..")
                        .and(not(type(FileChannel.class))) // a file is no network
                        .and(not(type(ClosedSelectorException.class))) // the name that Java programmers know
                        .and(not(type(AbstractInterruptibleChannel.class))) // the JDK tells nobody else of interrupts
                        .and(not(type(ClosedByInterruptException.class))))
                .check(HAWSER);
    }

    @Test
    void publicSignaturesNameNoForeignTypeButMemorySegment() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(resideInAnyPackage(
                        "dev.hawser.socket..",
                        "dev.hawser.select..",
                        "dev.hawser.asyncore..",
                        "dev.hawser.asynchat..",
                        "dev.hawser.socketserver..",
                        "dev.hawser.netlink..",
                        "dev.hawser.tls..",
                        "dev.hawser.reactor.."))
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should(nameNoForeignTypeButMemorySegment())
                .check(HAWSER);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.hawser.(*)..").should().beFreeOfCycles().check(HAWSER);
        slices().matching("dev.hawser.(**)").should().beFreeOfCycles().check(HAWSER);
    }

    @Test
    void inheritanceIsShallow() {
        SHALLOW.check(HAWSER);
    }

    @Test
    void inheritanceThatIsTooDeepIsFound() {
        JavaClasses looked = new ClassFileImporter()
                .importClasses(
                        Second.class,
                        Third.class,
                        Answer.class,
                        LouderAnswer.class,
                        Depths.Chat.class,
                        Depths.LouderChat.class);

        assertThat(SHALLOW.evaluate(looked).getFailureReport().getDetails())
                .containsExactlyInAnyOrder(
                        Third.class.getName() + " is 3 deep",
                        LouderAnswer.class.getName() + " is 3 deep",
                        Depths.LouderChat.class.getName() + " is 3 deep");
    }

    private static class First {}

    private static class Second extends First {}

    private static class Third extends Second {}

    private static class Answer extends StreamRequestHandler {
        @Override
        protected void handle() {}
    }

    private static class LouderAnswer extends Answer {}

    private static ArchCondition<JavaMethod> nameNoForeignTypeButMemorySegment() {
        return new ArchCondition<>("name no type of java.lang.foreign but MemorySegment") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                        .filter(type -> type.getPackageName().equals("java.lang.foreign"))
                        .filter(type -> !type.isEquivalentTo(MemorySegment.class))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " names " + type.getName())));
            }
        };
    }

    /**
     * What a program extends of the library counts once, however deep it is itself: that is the library's to answer for. So do the kinds of
     * handlers, which are there to be extended, by the library, too.
     */
    private static ArchCondition<JavaClass> inheritAtMost(int depth) {
        return new ArchCondition<>("have at most " + depth + " classes of Hawser between themselves and Object") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<String> levels = Stream.concat(Stream.of(type), type.getAllRawSuperclasses().stream())
                        .filter(each -> each.getPackageName().startsWith("dev.hawser"))
                        .map(each -> isGiven(each, type) ? "what is given" : each.getName())
                        .collect(Collectors.toSet());
                int own = levels.size();
                if (own > depth) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is " + own + " deep"));
                }
            }
        };
    }

    private static boolean isGiven(JavaClass ancestor, JavaClass type) {
        return isOfProgram(type) ? !isOfProgram(ancestor) : KINDS_OF_HANDLERS.test(ancestor);
    }

    private static boolean isOfProgram(JavaClass type) {
        return resideInAnyPackage(PROGRAMS).test(type);
    }
}
