/**
 * Tests of {@link dev.hawser.reactor.application}.
 *
 * <table>
 *   <caption>Which group of Twisted's tests ours answer</caption>
 *   <tr><th>Twisted</th><th>ours</th></tr>
 *   <tr><td>application.test.test_internet: EndpointServiceTests</td>
 *       <td>{@code StreamServerEndpointServiceTest}, {@code ApplicationTest}</td></tr>
 *   <tr><td>application.test.test_internet: TimerServiceTests; test.test_application: TimerBasicTests</td>
 *       <td>{@code TimerServiceTest}; nothing is pickled</td></tr>
 *   <tr><td>application.test.test_internet: ClientServiceTests; test.test_application: BackoffPolicyTests</td>
 *       <td>{@code ClientServiceTest}</td></tr>
 *   <tr><td>test.test_application: ServiceTests; application.test.test_service: ServiceInterfaceTests</td>
 *       <td>{@code ApplicationTest}; a service knows no parent</td></tr>
 *   <tr><td>test.test_application: ProcessTests</td>
 *       <td>{@code PrivilegesTest}</td></tr>
 * </table>
 */
@NullUnmarked
package dev.hawser.reactor.application;

import org.jspecify.annotations.NullUnmarked;
