package dev.hawser.socket;

/** The text of an IPv6 address: RFC 4291 section 2.2 is read, RFC 5952 is written. */
final class Ipv6Text {

    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static byte[] parse(String text) {
        int gap = text.indexOf("::");
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            if (readGroups(text, groups, true, text) != GROUPS) {
                throw malformed(text);
            }
        } else {
            int[] tail = new int[GROUPS];
            int before = readGroups(text.substring(0, gap), groups, false, text);
            int after = readGroups(text.substring(gap + 2), tail, true, text);
            if (before + after >= GROUPS) {
                throw malformed(text);
            }
            System.arraycopy(tail, 0, groups, GROUPS - after, after);
        }
        byte[] bytes = new byte[2 * GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            bytes[2 * i] = (byte) (groups[i] >>> 8);
            bytes[2 * i + 1] = (byte) groups[i];
        }
        return bytes;
    }

    private static int readGroups(String text, int[] groups, boolean atEnd, String whole) {
        if (text.isEmpty()) {
            return 0;
        }
        int n = 0;
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean dotted = atEnd && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
            if (n + (dotted ? 2 : 1) > GROUPS) {
                throw malformed(whole);
            }
            if (dotted) {
                int ipv4 = ipv4(parts[i], whole);
                groups[n++] = ipv4 >>> 16;
                groups[n++] = ipv4 & 0xffff;
            } else {
                groups[n++] = group(parts[i], whole);
            }
        }
        return n;
    }

    private static int ipv4(String text, String whole) {
        try {
            return SockaddrText.parseIpv4(text);
        } catch (IllegalArgumentException e) {
            throw malformed(whole);
        }
    }

    private static int group(String digits, String whole) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), 16) : -1;
            if (digit < 0) {
                throw malformed(whole);
            }
            value = (value << 4) | digit;
        }
        if (digits.isEmpty() || digits.length() > 4) {
            throw malformed(whole);
        }
        return value;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not an IPv6 address, such as ::1");
    }

    static String format(long high, long low) {
        if (high == 0 && low >>> 32 == 0xffff) {
            return "::ffff:" + new SockaddrIn((int) low, 0).host();
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i % 4))) & 0xffff;
        }
        int[] zeros = longestZeros(groups);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == zeros[0]) {
                text.append("::");
                i += zeros[1] - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** Where the first of the longest runs of two or more zero groups begins, and its length; -1 where there is none. */
    private static int[] longestZeros(int[] groups) {
        int[] best = {-1, 1};
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > best[1]) {
                best = new int[] {i, end - i};
            }
        }
        return best;
    }
}
