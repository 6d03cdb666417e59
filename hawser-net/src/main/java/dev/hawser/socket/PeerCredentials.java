package dev.hawser.socket;

/**
 * Who is at the other end of a Unix socket: {@code struct ucred} of unix(7), as it was at connect.
 *
 * @param pid the process; 0 where it is in another pid namespace
 * @param uid the user
 * @param gid the group
 */
public record PeerCredentials(int pid, int uid, int gid) {}
