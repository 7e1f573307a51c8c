/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.server;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.synaptile.board.Transport;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A board on a port of this machine, until it is closed. */
public final class BoardServer implements AutoCloseable {
    /** Key of the token in the metadata of every call. */
    public static final Metadata.Key<String> TOKEN = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final int SECONDS_TO_END = 5;

    private final Server server;
    private final BoardService service;

    private BoardServer(Server server, BoardService service) {
        this.server = server;
        this.service = service;
    }

    /**
     * Certificate and key of a server, in PEM files.
     *
     * @param certificates of the server, and those that sign it
     * @param key of the server, not encrypted
     */
    public record Tls(File certificates, File key) {}

    /**
     * Serves a board.
     *
     * @param address to listen on; port 0 for any that is free
     * @param tls empty for plain connections, which are only for this machine
     * @throws IOException if the address is not to be had, or the files of the certificate cannot be used
     * @throws IllegalArgumentException if others could connect without TLS and token
     */
    public static BoardServer start(ServedBoard board, ServingRules rules, InetSocketAddress address, Optional<Tls> tls)
            throws IOException {
        boolean loopback = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        if (!loopback && (tls.isEmpty() || rules.token().isEmpty())) {
            throw new IllegalArgumentException("host " + address.getHostString()
                    + " is reached from other machines, which takes TLS (certificate and key) and a token;"
                    + " listen on 127.0.0.1, or give these");
        }
        Transport.prepare();
        Connections connections = new Connections();
        BoardService service = new BoardService(board, rules, connections);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .maxInboundMessageSize(rules.maxMessageBytes())
                .addTransportFilter(connections)
                .intercept(connections)
                .intercept(new TokenCheck(rules.token()))
                .addService(WellFormed.of(service.bindService()));
        if (tls.isPresent()) {
            builder.sslContext(GrpcSslContexts.forServer(
                            tls.get().certificates(), tls.get().key())
                    .build());
        }
        return new BoardServer(builder.build().start(), service);
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Waits until it has ended. */
    public void await() throws InterruptedException {
        server.awaitTermination();
    }

    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        service.endSessions();
    }

    /** Refuses calls without the token. */
    private record TokenCheck(Optional<String> token) implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            String shown = headers.get(TOKEN);
            if (token.isPresent() && !same("Bearer " + token.get(), shown == null ? "" : shown)) {
                call.close(
                        Status.UNAUTHENTICATED.withDescription(
                                shown == null ? "this board asks for a token" : "this is not the board's token"),
                        new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }

        /** Compares in a time that does not tell where they differ. */
        private static boolean same(String right, String shown) {
            return MessageDigest.isEqual(
                    right.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
        }
    }
}
