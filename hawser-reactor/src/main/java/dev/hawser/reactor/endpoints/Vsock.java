package dev.hawser.reactor.endpoints;

import dev.hawser.socket.Constants;
import dev.hawser.socket.SockaddrVm;

/** The addresses of virtual machines in descriptions. */
final class Vsock {

    private static final long MAX = 0xffff_ffffL;

    private Vsock() {}

    /** The machine may be left out where one listens. */
    static SockaddrVm readServer(EndpointArguments arguments) {
        if (arguments.positional() == 1) {
            arguments.expect("port", "cid", "backlog");
        } else {
            arguments.expect("cid", "port", "backlog");
        }
        int cid = arguments.has("cid") ? number(arguments, "cid") : Constants.VMADDR_CID_ANY;
        return SockaddrVm.of(cid, number(arguments, "port"));
    }

    static SockaddrVm readClient(EndpointArguments arguments) {
        arguments.expect("cid", "port", "timeout");
        return SockaddrVm.of(number(arguments, "cid"), number(arguments, "port"));
    }

    private static int number(EndpointArguments arguments, String name) {
        return (int) arguments.number(name, 0, MAX);
    }

    static EndpointText writeServer(SockaddrVm address) {
        return address.cid() == Constants.VMADDR_CID_ANY
                ? new EndpointText("vsock").value(Integer.toUnsignedString(address.port()))
                : writeClient(address);
    }

    static EndpointText writeClient(SockaddrVm address) {
        return new EndpointText("vsock")
                .value(Integer.toUnsignedString(address.cid()))
                .value(Integer.toUnsignedString(address.port()));
    }
}
