/**
 * The kernel's tables of the network, by netlink(7): interfaces, addresses, routes and neighbours as {@code ip} lists
 * them, their changes as they happen, and open sockets as {@code ss} lists them.
 *
 * <p><b>Start here:</b> {@link dev.hawser.netlink.Network} lists, {@link dev.hawser.netlink.NetworkWatch} watches, {@link
 * dev.hawser.netlink.SocketTable} lists sockets. No privilege is needed.
 *
 * <p>What they give are records: {@link dev.hawser.netlink.Link}, {@link dev.hawser.netlink.LinkAddress}, {@link
 * dev.hawser.netlink.Route}, {@link dev.hawser.netlink.Neighbour}, {@link dev.hawser.netlink.SocketEntry}. Their numbers
 * have names in {@link dev.hawser.netlink.NetlinkConstants}, to be imported statically. {@link
 * dev.hawser.netlink.NetlinkMessage} is the format itself, for other netlink protocols.
 */
@NullMarked
package dev.hawser.netlink;

import org.jspecify.annotations.NullMarked;
