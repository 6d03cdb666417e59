package dev.hawser.posix;

/** What {@code struct passwd} says of a user: the number, and the number of the first group. */
public record UserEntry(int uid, int gid) {}
