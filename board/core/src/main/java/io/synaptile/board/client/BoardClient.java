/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.synaptile.board.Transport;
import io.synaptile.board.Wire;
import io.synaptile.board.server.BoardServer;
import io.synaptile.board.wire.ArrayBoardGrpc;
import io.synaptile.board.wire.HelloReply;
import io.synaptile.board.wire.HelloRequest;
import io.synaptile.board.wire.OpenRequest;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.PortException;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A connection to a board. Its arrays work until it is closed. */
public final class BoardClient implements AutoCloseable {
    private static final int SECONDS_TO_END = 5;

    private final BoardAddress address;
    private final CallRules rules;
    private final ManagedChannel channel;
    private final ArrayBoardGrpc.ArrayBoardBlockingStub stub;
    private final HelloReply hello;

    private BoardClient(BoardAddress address, CallRules rules, ManagedChannel channel) {
        this.address = address;
        this.rules = rules;
        this.channel = channel;
        this.stub = ArrayBoardGrpc.newBlockingStub(channel);
        HelloRequest request = HelloRequest.newBuilder()
                .setProtocolVersion(Wire.VERSION)
                .setClient(rules.client())
                .build();
        this.hello = new Calls(rules, where())
                .of("hello", deadline -> deadline.on(stub).hello(request));
        if (hello.getProtocolVersion() != Wire.VERSION || hello.getArraysCount() == 0) {
            throw new PortException(
                    PortException.Kind.NONSENSE,
                    where(),
                    "hello",
                    hello.getArraysCount() == 0
                            ? "the board says that it has no arrays"
                            : "the board speaks protocol version " + hello.getProtocolVersion() + ", expected "
                                    + Wire.VERSION);
        }
    }

    /**
     * Connects to a board and asks what it is.
     *
     * @throws PortException if it does not answer, or speaks another version
     */
    public static BoardClient connect(BoardAddress address, CallRules rules) {
        ManagedChannel channel = channel(address, rules);
        try {
            return new BoardClient(address, rules, channel);
        } catch (RuntimeException e) {
            channel.shutdownNow();
            throw e;
        }
    }

    /** A connection for callers of the wire form itself, which is made at the first call. It shows the token; deadlines are the caller's. */
    public static ManagedChannel channel(BoardAddress address, CallRules rules) {
        Transport.prepare();
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(address.host(), address.port())
                .maxInboundMessageSize(Wire.MAX_MESSAGE_BYTES)
                .intercept(new TokenShown(rules));
        if (!address.secure()) {
            builder.usePlaintext();
        } else if (rules.trusted().isPresent()) {
            try {
                builder.sslContext(GrpcSslContexts.forClient()
                        .trustManager(rules.trusted().get())
                        .build());
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException(rules.trusted().get() + ": no certificates in PEM form", e);
            }
        }
        return builder.build();
    }

    /** What the board calls itself. */
    public String name() {
        return hello.getBoard();
    }

    /** Of the board. */
    public String serialNumber() {
        return hello.getSerialNumber();
    }

    /** Version of what serves the board. */
    public String firmware() {
        return hello.getFirmware();
    }

    /** Names of its arrays, in the order in which a layer of several takes them. */
    public List<String> arrays() {
        return List.copyOf(hello.getArraysList());
    }

    /**
     * Takes an array for this client alone.
     *
     * @throws PortException if there is no such array, or another client has it
     */
    public ArrayPort open(String array) {
        OpenRequest request = OpenRequest.newBuilder()
                .setArray(array)
                .setClient(rules.client())
                .setOpening(UUID.randomUUID().getMostSignificantBits())
                .build();
        Calls calls = new Calls(rules, where() + ", array " + array);
        return new RemotePort(
                stub,
                calls,
                hello,
                array,
                calls.of("open", deadline -> deadline.on(stub).open(request)));
    }

    private String where() {
        return "board " + address.board();
    }

    @Override
    public void close() {
        channel.shutdown();
        try {
            if (!channel.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException e) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Shows the token with every call. */
    private record TokenShown(CallRules rules) implements ClientInterceptor {
        @Override
        public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<R> listener, Metadata headers) {
                    rules.token().ifPresent(token -> headers.put(BoardServer.TOKEN, "Bearer " + token));
                    super.start(listener, headers);
                }
            };
        }
    }
}
