package dev.hawser.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.hawser.posix.Abi;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of classic BPF, the value of SO_ATTACH_FILTER, {@code struct sock_fprog} of socket(7). It is run on each packet
 * that comes in and says how many bytes of it to keep; 0 drops it.
 *
 * {@snippet file="dev/hawser/socket/OptionSnippetsTest.java" region="filter"}
 *
 * <p>Immutable. Source: {@code <linux/filter.h>}; Documentation/networking/filter.rst of the kernel.
 *
 * @param instructions the instructions, 1 to 4096; none: the answer of a socket without a program
 */
public record BpfProgram(List<Instruction> instructions) {

    /**
     * One instruction, {@code struct sock_filter}.
     *
     * @param code what to do, 16 bits
     * @param ifTrue how many instructions to skip where a comparison holds, 0 to 255
     * @param ifFalse how many to skip where it does not, 0 to 255
     * @param k the operand, 32 bits
     */
    public record Instruction(int code, int ifTrue, int ifFalse, int k) {

        /** Checks that the numbers fit. */
        public Instruction {
            if (code >>> 16 != 0 || ifTrue >>> 8 != 0 || ifFalse >>> 8 != 0) {
                throw new IllegalArgumentException("give a code of 16 bits and jumps of 0 to 255: code " + code
                        + ", jumps " + ifTrue + " and " + ifFalse);
            }
        }
    }

    private static final int MAX_INSTRUCTIONS = Abi.value("BPF_MAXINSNS");

    private static final int PROGRAM_SIZE = Abi.value("sizeof(struct sock_fprog)");
    private static final int LENGTH = Abi.value("offsetof(struct sock_fprog,len)");
    private static final int FILTER = Abi.value("offsetof(struct sock_fprog,filter)");

    private static final int SIZE = Abi.value("sizeof(struct sock_filter)");
    private static final int CODE = Abi.value("offsetof(struct sock_filter,code)");
    private static final int IF_TRUE = Abi.value("offsetof(struct sock_filter,jt)");
    private static final int IF_FALSE = Abi.value("offsetof(struct sock_filter,jf)");
    private static final int K = Abi.value("offsetof(struct sock_filter,k)");

    static final OptionCodec<BpfProgram> CODEC = new OptionCodec<>(
            BpfProgram.class, 0, MAX_INSTRUCTIONS * SIZE, BpfProgram::encode, (bytes, _) -> decode(bytes));

    /** Copies the list. */
    public BpfProgram {
        instructions = List.copyOf(instructions);
        if (instructions.size() > MAX_INSTRUCTIONS) {
            throw new IllegalArgumentException(
                    "a BPF program has at most " + MAX_INSTRUCTIONS + " instructions: " + instructions.size());
        }
    }

    /**
     * The program that {@code tcpdump -ddd} prints for an expression: the number of instructions, then for each a line of
     * its code, its two jumps and its operand, decimal.
     *
     * @param text the output of tcpdump
     * @return the program
     * @throws IllegalArgumentException if the text is none
     */
    public static BpfProgram parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        List<Instruction> instructions = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] numbers = line.strip().split("\\s+", -1);
            if (numbers.length != 4) {
                throw new IllegalArgumentException(
                        "give lines of four numbers, as tcpdump -ddd does: \"" + line + "\"");
            }
            instructions.add(new Instruction(
                    Integer.parseInt(numbers[0]),
                    Integer.parseInt(numbers[1]),
                    Integer.parseInt(numbers[2]),
                    Integer.parseUnsignedInt(numbers[3])));
        }
        if (lines.isEmpty() || !lines.getFirst().strip().equals(Integer.toString(instructions.size()))) {
            throw new IllegalArgumentException(
                    "give the number of instructions in the first line, as tcpdump -ddd does: " + instructions.size()
                            + " follow");
        }
        return new BpfProgram(instructions);
    }

    private static byte[] encode(BpfProgram program, Arena untilSet) {
        int count = program.instructions.size();
        if (count == 0) {
            throw new IllegalArgumentException("a program has one instruction or more; SO_DETACH_FILTER takes it away");
        }
        MemorySegment filter = untilSet.allocate((long) count * SIZE, 8);
        byte[] bytes = new byte[count * SIZE];
        ByteBuffer struct = CBytes.of(bytes);
        for (int i = 0; i < count; i++) {
            Instruction one = program.instructions.get(i);
            int at = i * SIZE;
            struct.putShort(at + CODE, (short) one.code)
                    .put(at + IF_TRUE, (byte) one.ifTrue)
                    .put(at + IF_FALSE, (byte) one.ifFalse)
                    .putInt(at + K, one.k);
        }
        filter.copyFrom(MemorySegment.ofArray(bytes));
        MemorySegment head = untilSet.allocate(PROGRAM_SIZE, 8);
        head.set(JAVA_SHORT, LENGTH, (short) count);
        head.set(ADDRESS, FILTER, filter);
        return head.toArray(JAVA_BYTE);
    }

    private static BpfProgram decode(byte[] bytes) {
        ByteBuffer filter = CBytes.of(bytes);
        List<Instruction> instructions = new ArrayList<>();
        for (int at = 0; at + SIZE <= bytes.length; at += SIZE) {
            instructions.add(new Instruction(
                    Short.toUnsignedInt(filter.getShort(at + CODE)),
                    Byte.toUnsignedInt(filter.get(at + IF_TRUE)),
                    Byte.toUnsignedInt(filter.get(at + IF_FALSE)),
                    filter.getInt(at + K)));
        }
        return new BpfProgram(instructions);
    }
}
