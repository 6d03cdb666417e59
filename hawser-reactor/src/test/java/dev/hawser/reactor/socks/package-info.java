/**
 * Tests of {@link dev.hawser.reactor.socks}. curl, CPython and Twisted are at the other end in {@code SocksPeersTest}.
 *
 * <table>
 *   <caption>Which group of Twisted's tests ours answer</caption>
 *   <tr><th>Twisted</th><th>ours</th></tr>
 *   <tr><td>test_socks: ConnectTests</td>
 *       <td>{@code SocksFactoryTest}; a name is looked up by {@code Reactor.resolve}</td></tr>
 *   <tr><td>test_socks: BindTests</td>
 *       <td>{@code SocksFactoryTest}</td></tr>
 * </table>
 */
@NullUnmarked
package dev.hawser.reactor.socks;

import org.jspecify.annotations.NullUnmarked;
