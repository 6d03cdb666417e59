/**
 * Which test of CPython's {@code test_socketserver} each of ours answers. {@code CPythonSocketserverTest} holds this table against
 * CPython's tests, and against the methods here.
 *
 * <table>
 *   <caption>CPython's tests, and ours</caption>
 *   <tr><th>test_socketserver</th><th>here</th></tr>
 *   <tr><td>SocketServerTest.test_TCPServer</td><td>{@code CPythonSocketserverTest#tcpServer}</td></tr>
 *   <tr><td>SocketServerTest.test_ThreadingTCPServer</td><td>{@code CPythonSocketserverTest#threadingTcpServer}</td></tr>
 *   <tr><td>SocketServerTest.test_ForkingTCPServer</td><td>{@code ForkingServersTest#forkingTcpServer}</td></tr>
 *   <tr><td>SocketServerTest.test_UnixStreamServer</td><td>{@code CPythonSocketserverTest#unixStreamServer}</td></tr>
 *   <tr><td>SocketServerTest.test_ThreadingUnixStreamServer</td><td>{@code CPythonSocketserverTest#threadingUnixStreamServer}</td></tr>
 *   <tr><td>SocketServerTest.test_ForkingUnixStreamServer</td><td>{@code ForkingServersTest#forkingUnixStreamServer}</td></tr>
 *   <tr><td>SocketServerTest.test_UDPServer</td><td>{@code CPythonSocketserverTest#udpServer}</td></tr>
 *   <tr><td>SocketServerTest.test_ThreadingUDPServer</td><td>{@code CPythonSocketserverTest#threadingUdpServer}</td></tr>
 *   <tr><td>SocketServerTest.test_ForkingUDPServer</td><td>{@code ForkingServersTest#forkingUdpServer}</td></tr>
 *   <tr><td>SocketServerTest.test_UnixDatagramServer</td><td>{@code CPythonSocketserverTest#unixDatagramServer}</td></tr>
 *   <tr><td>SocketServerTest.test_ThreadingUnixDatagramServer</td><td>{@code CPythonSocketserverTest#threadingUnixDatagramServer}</td></tr>
 *   <tr><td>SocketServerTest.test_ForkingUnixDatagramServer</td><td>{@code ForkingServersTest#forkingUnixDatagramServer}</td></tr>
 *   <tr><td>SocketServerTest.test_shutdown</td><td>{@code CPythonSocketserverTest#shutdown}</td></tr>
 *   <tr><td>SocketServerTest.test_close_immediately</td><td>{@code CPythonSocketserverTest#closeImmediately}</td></tr>
 *   <tr><td>SocketServerTest.test_tcpserver_bind_leak</td><td>{@code CPythonSocketserverTest#tcpserverBindLeak}</td></tr>
 *   <tr><td>SocketServerTest.test_context_manager</td><td>{@code CPythonSocketserverTest#contextManager}</td></tr>
 *   <tr><td>ErrorHandlerTest.test_sync_handled</td><td>{@code CPythonSocketserverTest#syncHandled}</td></tr>
 *   <tr><td>ErrorHandlerTest.test_sync_not_handled</td><td>{@code CPythonSocketserverTest#syncNotHandled}</td></tr>
 *   <tr><td>ErrorHandlerTest.test_threading_handled</td><td>{@code CPythonSocketserverTest#threadingHandled}</td></tr>
 *   <tr><td>ErrorHandlerTest.test_threading_not_handled</td><td>{@code CPythonSocketserverTest#threadingNotHandled}</td></tr>
 *   <tr><td>ErrorHandlerTest.test_forking_handled</td><td>{@code ForkingServersTest#forkingHandled}</td></tr>
 *   <tr><td>ErrorHandlerTest.test_forking_not_handled</td><td>{@code ForkingServersTest#forkingNotHandled}</td></tr>
 *   <tr><td>SocketWriterTest.test_basics</td><td>{@code CPythonSocketserverTest#writerBasics}</td></tr>
 *   <tr><td>SocketWriterTest.test_write</td><td>{@code CPythonSocketserverTest#writerWrite}</td></tr>
 *   <tr><td>MiscTestCase.test_all</td><td>{@code CPythonSocketserverTest#all}</td></tr>
 *   <tr><td>MiscTestCase.test_shutdown_request_called_if_verify_request_false</td><td>{@code CPythonSocketserverTest#shutdownRequestCalledIfVerifyRequestFalse}</td></tr>
 *   <tr><td>MiscTestCase.test_threads_reaped</td><td>{@code CPythonSocketserverTest#threadsReaped}</td></tr>
 * </table>
 */
package dev.hawser.socketserver;
