package dev.hawser.socket;

import dev.hawser.posix.Abi;

/** The constants of {@code <linux/tipc.h>}; users name them as those of {@link Constants}. */
sealed interface TipcConstants permits Constants {

    // Levels of importance

    /** {@code TIPC_LOW_IMPORTANCE}: the first to be dropped. */
    int TIPC_LOW_IMPORTANCE = Abi.value("TIPC_LOW_IMPORTANCE");

    /** {@code TIPC_MEDIUM_IMPORTANCE}: dropped later. */
    int TIPC_MEDIUM_IMPORTANCE = Abi.value("TIPC_MEDIUM_IMPORTANCE");

    /** {@code TIPC_HIGH_IMPORTANCE}: dropped later still. */
    int TIPC_HIGH_IMPORTANCE = Abi.value("TIPC_HIGH_IMPORTANCE");

    /** {@code TIPC_CRITICAL_IMPORTANCE}: the last to be dropped. */
    int TIPC_CRITICAL_IMPORTANCE = Abi.value("TIPC_CRITICAL_IMPORTANCE");

    // Options of level SOL_TIPC

    /** {@code TIPC_IMPORTANCE}: the level of importance of what is sent. */
    int TIPC_IMPORTANCE = Abi.value("TIPC_IMPORTANCE");

    /** {@code TIPC_SRC_DROPPABLE}: whether this machine may drop what it cannot send. */
    int TIPC_SRC_DROPPABLE = Abi.value("TIPC_SRC_DROPPABLE");

    /** {@code TIPC_DEST_DROPPABLE}: whether the peer's may drop what it cannot deliver. */
    int TIPC_DEST_DROPPABLE = Abi.value("TIPC_DEST_DROPPABLE");

    /** {@code TIPC_CONN_TIMEOUT}: how long connect may take, in milliseconds. */
    int TIPC_CONN_TIMEOUT = Abi.value("TIPC_CONN_TIMEOUT");

    // Addresses

    /** {@code TIPC_ADDR_NAMESEQ}: a range of names. */
    int TIPC_ADDR_NAMESEQ = Abi.value("TIPC_ADDR_NAMESEQ");

    /** {@code TIPC_ADDR_NAME}: a name. */
    int TIPC_ADDR_NAME = Abi.value("TIPC_ADDR_NAME");

    /** {@code TIPC_ADDR_ID}: a socket. */
    int TIPC_ADDR_ID = Abi.value("TIPC_ADDR_ID");

    /** {@code TIPC_ZONE_SCOPE}: known in the zone, which is the cluster today. */
    int TIPC_ZONE_SCOPE = Abi.value("TIPC_ZONE_SCOPE");

    /** {@code TIPC_CLUSTER_SCOPE}: known in the cluster. */
    int TIPC_CLUSTER_SCOPE = Abi.value("TIPC_CLUSTER_SCOPE");

    /** {@code TIPC_NODE_SCOPE}: known on this machine. */
    int TIPC_NODE_SCOPE = Abi.value("TIPC_NODE_SCOPE");

    // The topology service

    /** {@code TIPC_CFG_SRV}: the type of the configuration service. */
    int TIPC_CFG_SRV = Abi.value("TIPC_CFG_SRV");

    /** {@code TIPC_TOP_SRV}: the type of the topology service. */
    int TIPC_TOP_SRV = Abi.value("TIPC_TOP_SRV");

    /** {@code TIPC_SUB_PORTS}: report each socket. */
    int TIPC_SUB_PORTS = Abi.value("TIPC_SUB_PORTS");

    /** {@code TIPC_SUB_SERVICE}: report the first and the last socket. */
    int TIPC_SUB_SERVICE = Abi.value("TIPC_SUB_SERVICE");

    /** {@code TIPC_SUB_CANCEL}: end a subscription. */
    int TIPC_SUB_CANCEL = Abi.value("TIPC_SUB_CANCEL");

    /** {@code TIPC_WAIT_FOREVER}: a subscription without an end. */
    int TIPC_WAIT_FOREVER = Abi.value("TIPC_WAIT_FOREVER");

    /** {@code TIPC_PUBLISHED}: a name has come. */
    int TIPC_PUBLISHED = Abi.value("TIPC_PUBLISHED");

    /** {@code TIPC_WITHDRAWN}: a name has gone. */
    int TIPC_WITHDRAWN = Abi.value("TIPC_WITHDRAWN");

    /** {@code TIPC_SUBSCR_TIMEOUT}: a subscription has ended. */
    int TIPC_SUBSCR_TIMEOUT = Abi.value("TIPC_SUBSCR_TIMEOUT");
}
