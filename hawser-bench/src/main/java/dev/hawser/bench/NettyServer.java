package dev.hawser.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Netty's event-driven style: one event loop, a handler that writes what it is given and flushes when the reading of the moment is
 * done. The allocator and the marks of its write buffer are Netty's defaults; its guesses of how much to read end at the size that
 * everybody has.
 */
final class NettyServer implements EchoServer {
    static final String NIO = "netty-nio";
    static final String EPOLL = "netty-epoll";
    static final String IO_URING = "netty-io_uring";

    /**
     * What its users give it, and a little more, so that it is at its best: it may use Unsafe, open what it looks for inside the JDK and
     * load its native parts, and does not look for leaks.
     */
    static final List<String> FLAGS = List.of(
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-Dio.netty.leakDetection.level=disabled");

    private static final int LEAST_BUFFER_BYTES = 64;
    private static final int FIRST_BUFFER_BYTES = 2048;

    private final Transport transport;
    private final boolean tls;

    NettyServer(Transport transport, boolean tls) {
        this.transport = transport;
        this.tls = tls;
    }

    /** What it waits and moves bytes with. */
    enum Transport {
        NIO {
            @Override
            @Nullable
            Throwable whyNot() {
                return null;
            }

            @Override
            IoHandlerFactory handlers() {
                return NioIoHandler.newFactory();
            }

            @Override
            Class<? extends ServerChannel> channels() {
                return NioServerSocketChannel.class;
            }
        },
        EPOLL {
            @Override
            @Nullable
            Throwable whyNot() {
                return Epoll.unavailabilityCause();
            }

            @Override
            IoHandlerFactory handlers() {
                return EpollIoHandler.newFactory();
            }

            @Override
            Class<? extends ServerChannel> channels() {
                return EpollServerSocketChannel.class;
            }
        },
        IO_URING {
            @Override
            @Nullable
            Throwable whyNot() {
                return IoUring.unavailabilityCause();
            }

            @Override
            IoHandlerFactory handlers() {
                return IoUringIoHandler.newFactory();
            }

            @Override
            Class<? extends ServerChannel> channels() {
                return IoUringServerSocketChannel.class;
            }
        };

        /** Why this machine does not have it, or null where it does. */
        abstract @Nullable Throwable whyNot();

        abstract IoHandlerFactory handlers();

        abstract Class<? extends ServerChannel> channels();
    }

    @Override
    public void serve(int port, Ready ready) throws IOException, ServerProgram.UnavailableException {
        requireAvailable();
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        Channel listener =
                bootstrap(loop).bind(Loopback.port(port)).syncUninterruptibly().channel();
        ready.listeningOn(((InetSocketAddress) listener.localAddress()).getPort());
        listener.closeFuture().syncUninterruptibly();
    }

    private void requireAvailable() throws ServerProgram.UnavailableException {
        Throwable cause = transport.whyNot();
        if (cause != null) {
            // The deepest one is the kernel's, or the loader's; what lies around it tells of Netty's own methods.
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new ServerProgram.UnavailableException(
                    "Netty has no " + transport.name().toLowerCase(Locale.ROOT) + " here: " + cause.getMessage());
        }
    }

    private ServerBootstrap bootstrap(EventLoopGroup loop) throws IOException {
        return new ServerBootstrap()
                .group(loop)
                .channel(transport.channels())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(LEAST_BUFFER_BYTES, FIRST_BUFFER_BYTES, BUFFER_BYTES))
                .childHandler(tls ? new Encrypted(encryption()) : new Echo());
    }

    private static SslContext encryption() throws IOException {
        return SslContextBuilder.forServer(TlsIdentity.ofThisRun().keyManagers())
                .sslProvider(SslProvider.JDK)
                .protocols(TlsIdentity.PROTOCOL)
                .ciphers(List.of(TlsIdentity.CIPHER_SUITE))
                .build();
    }

    /** Puts TLS before the echo of each connection. */
    private static final class Encrypted extends ChannelInitializer<Channel> {
        private final SslContext encryption;
        private final Echo echo = new Echo();

        Encrypted(SslContext encryption) {
            this.encryption = encryption;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(encryption.newHandler(channel.alloc()), echo);
        }
    }

    /** Has no state, so that one serves all connections. */
    @ChannelHandler.Sharable
    @SuppressWarnings(
            "FutureReturnValueIgnored") // what cannot be written has lost its connection, as Netty sees itself
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        /** Nothing more is read from a connection whose peer does not take what it is sent. */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
