package dev.hawser.socket;

/**
 * Who is at the other end of a Unix socket: {@code struct ucred} of unix(7), as it was at connect.
 *
 * @param pid the process; 0 where it is in another pid namespace
 * @param uid the user
 * @param gid the group
 */
public record PeerCredentials(int pid, int uid, int gid) {

    static final OptionCodec<PeerCredentials> CODEC = OptionCodec.readOnly(
            PeerCredentials.class, 3 * Integer.BYTES, 3 * Integer.BYTES, bytes -> decode(CBytes.toInts(bytes)));

    private static PeerCredentials decode(int[] ints) {
        return new PeerCredentials(ints[0], ints[1], ints[2]);
    }
}
