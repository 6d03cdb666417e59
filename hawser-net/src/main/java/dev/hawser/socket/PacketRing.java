package dev.hawser.socket;

/**
 * The layout of a ring of packets, {@code struct tpacket_req} of {@code <linux/if_packet.h>}. All zero takes the ring away.
 *
 * @param blockSize the bytes of a block, a multiple of the page size
 * @param blocks how many blocks
 * @param frameSize the bytes of a frame, a multiple of 16
 * @param frames how many frames: as many as fit into all blocks
 */
public record PacketRing(int blockSize, int blocks, int frameSize, int frames) {

    static final OptionCodec<PacketRing> CODEC = OptionCodec.writeOnly(
            PacketRing.class, ring -> CBytes.ints(ring.blockSize, ring.blocks, ring.frameSize, ring.frames));
}
