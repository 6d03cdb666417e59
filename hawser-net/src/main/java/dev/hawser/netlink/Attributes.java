package dev.hawser.netlink;

import dev.hawser.posix.Abi;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes that follow a structure, {@code struct nlattr} or {@code rtattr}, by type. Of equal types the last counts. */
final class Attributes {

    private static final int HEADER_SIZE = Abi.value("sizeof(struct nlattr)");
    private static final int LENGTH = Abi.value("offsetof(struct nlattr,nla_len)");
    private static final int TYPE = Abi.value("offsetof(struct nlattr,nla_type)");
    private static final int ALIGNMENT = Abi.value("NLA_ALIGNTO");
    private static final int TYPE_MASK = Abi.value("NLA_TYPE_MASK") & 0xffff;

    private final Map<Integer, WireBytes> byType;

    private Attributes(Map<Integer, WireBytes> byType) {
        this.byType = byType;
    }

    static Attributes parse(WireBytes bytes) throws MalformedNetlinkException {
        Map<Integer, WireBytes> byType = new HashMap<>();
        int at = 0;
        while (at < bytes.length()) {
            WireBytes header = bytes.part(at, HEADER_SIZE, "the header of an attribute");
            int length = header.u16(LENGTH);
            int type = header.u16(TYPE) & TYPE_MASK;
            if (length < HEADER_SIZE || length > bytes.length() - at) {
                throw new MalformedNetlinkException("attribute " + type + " is to have " + length + " bytes of the "
                        + (bytes.length() - at) + " that are left, its header of " + HEADER_SIZE + " included");
            }
            byType.put(type, bytes.part(at + HEADER_SIZE, length - HEADER_SIZE, "attribute " + type));
            at += align(length, ALIGNMENT);
        }
        return new Attributes(byType);
    }

    /** Up to the next multiple of a power of two. */
    static int align(int length, int alignment) {
        return (length + alignment - 1) & -alignment;
    }

    @Nullable
    WireBytes get(int type) {
        return byType.get(type);
    }

    int u8(int type, int otherwise) throws MalformedNetlinkException {
        WireBytes value = get(type);
        return value == null ? otherwise : value.u8(0);
    }

    int s32(int type, int otherwise) throws MalformedNetlinkException {
        WireBytes value = get(type);
        return value == null ? otherwise : value.s32(0);
    }

    long u32(int type, long otherwise) throws MalformedNetlinkException {
        WireBytes value = get(type);
        return value == null ? otherwise : value.u32(0);
    }

    @Nullable
    String text(int type) {
        WireBytes value = get(type);
        return value == null ? null : value.text();
    }

    /** What is nested in an attribute; nothing, where it is missing. */
    Attributes nested(int type) throws MalformedNetlinkException {
        WireBytes value = get(type);
        return value == null ? new Attributes(Map.of()) : parse(value);
    }
}
