/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.server;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.synaptile.board.Messages;
import io.synaptile.board.Wire;
import io.synaptile.board.wire.AgeReply;
import io.synaptile.board.wire.AgeRequest;
import io.synaptile.board.wire.ArrayBoardGrpc;
import io.synaptile.board.wire.CalibrateReply;
import io.synaptile.board.wire.CalibrateRequest;
import io.synaptile.board.wire.CloseReply;
import io.synaptile.board.wire.CloseRequest;
import io.synaptile.board.wire.HelloReply;
import io.synaptile.board.wire.HelloRequest;
import io.synaptile.board.wire.MultiplyReply;
import io.synaptile.board.wire.MultiplyRequest;
import io.synaptile.board.wire.OpenReply;
import io.synaptile.board.wire.OpenRequest;
import io.synaptile.board.wire.ProgramReply;
import io.synaptile.board.wire.ProgramRequest;
import io.synaptile.board.wire.ReadReply;
import io.synaptile.board.wire.ReadRequest;
import io.synaptile.board.wire.TelemetryReply;
import io.synaptile.board.wire.TelemetryRequest;
import io.synaptile.mapping.port.ArrayPort;
import io.synaptile.mapping.port.PortException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Serves the arrays of a board. One client holds an array at a time; its calls go to the array one after the other, each with
 * the number after that of the last. The last call made again gets its reply again. A client that has lost its connection keeps
 * its array until another asks for it.
 */
final class BoardService extends ArrayBoardGrpc.ArrayBoardImplBase {
    private final ServedBoard board;
    private final ServingRules rules;
    private final Map<String, Semaphore> free = new TreeMap<>();
    private final Map<Long, Session> sessions = new TreeMap<>();
    private final Connections connections;
    private final Semaphore queue;
    private final AtomicLong replies = new AtomicLong();
    private long lastSession;

    /** An array that a client holds. */
    private static final class Session {
        final String array;
        final ArrayPort port;
        final String client;
        final long opening;
        /** Connection of the last call. */
        volatile long connection;

        long call;
        Message reply;
        boolean closed;

        Session(String array, ArrayPort port, OpenRequest request) {
            this.array = array;
            this.port = port;
            this.client = request.getClient();
            this.opening = request.getOpening();
            this.connection = Connections.current();
        }
    }

    BoardService(ServedBoard board, ServingRules rules, Connections connections) {
        this.board = board;
        this.connections = connections;
        this.rules = rules;
        this.queue = new Semaphore(rules.queueDepth());
        board.arrays().keySet().forEach(name -> free.put(name, new Semaphore(1, true)));
    }

    @Override
    public void hello(HelloRequest request, StreamObserver<HelloReply> out) {
        answer(out, () -> {
            if (request.getProtocolVersion() != Wire.VERSION) {
                throw Status.UNIMPLEMENTED
                        .withDescription("protocol version " + request.getProtocolVersion() + "; this board speaks "
                                + Wire.VERSION)
                        .asRuntimeException();
            }
            return HelloReply.newBuilder()
                    .setProtocolVersion(Wire.VERSION)
                    .setBoard(board.name())
                    .setSerialNumber(board.serialNumber())
                    .setFirmware(board.firmware())
                    .addAllArrays(board.arrays().keySet())
                    .setMaxMessageBytes(rules.maxMessageBytes())
                    .setQueueDepth(rules.queueDepth())
                    .build();
        });
    }

    @Override
    public void open(OpenRequest request, StreamObserver<OpenReply> out) {
        answer(out, () -> {
            String name = request.getArray();
            ArrayPort port = board.arrays().get(name);
            if (port == null) {
                throw Status.NOT_FOUND
                        .withDescription("no array '" + name + "'; this board has "
                                + String.join(", ", board.arrays().keySet()))
                        .asRuntimeException();
            }
            OptionalLong before = opened(name, request.getOpening());
            if (before.isPresent()) {
                return Messages.opened(port.facts())
                        .setSession(before.getAsLong())
                        .build();
            }
            take(name);
            Session session = new Session(name, port, request);
            long number;
            synchronized (sessions) {
                number = ++lastSession;
                sessions.put(number, session);
            }
            return Messages.opened(port.facts()).setSession(number).build();
        });
    }

    /** The session that a client has opened already, whose answer was lost. */
    private OptionalLong opened(String array, long opening) {
        synchronized (sessions) {
            return sessions.entrySet().stream()
                    .filter(own ->
                            own.getValue().array.equals(array) && own.getValue().opening == opening && opening != 0)
                    .mapToLong(Map.Entry::getKey)
                    .findFirst();
        }
    }

    private void take(String name) {
        endLost(name);
        try {
            if (!free.get(name).tryAcquire(rules.waitForArray().toNanos(), TimeUnit.NANOSECONDS)) {
                throw Status.FAILED_PRECONDITION
                        .withDescription("array " + name + " is in use by '" + holder(name) + "'")
                        .asRuntimeException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.asRuntimeException();
        }
    }

    /** Gives up an array whose client has gone. */
    private void endLost(String array) {
        synchronized (sessions) {
            boolean lost =
                    sessions.values().removeIf(own -> own.array.equals(array) && !connections.stands(own.connection));
            if (lost) {
                free.get(array).release();
            }
        }
    }

    private String holder(String array) {
        synchronized (sessions) {
            return sessions.values().stream()
                    .filter(own -> own.array.equals(array))
                    .map(own -> own.client)
                    .findFirst()
                    .orElse("");
        }
    }

    @Override
    public void close(CloseRequest request, StreamObserver<CloseReply> out) {
        answer(out, () -> {
            Session session = session(request.getSession());
            return session(request.getSession(), request.getCall(), CloseReply.class, _ -> {
                session.closed = true;
                synchronized (sessions) {
                    sessions.remove(request.getSession());
                }
                free.get(session.array).release();
                return CloseReply.getDefaultInstance();
            });
        });
    }

    @Override
    public void program(ProgramRequest request, StreamObserver<ProgramReply> out) {
        answer(
                out,
                () -> session(
                        request.getSession(),
                        request.getCall(),
                        ProgramReply.class,
                        port -> Messages.reply(port.program(Messages.order(request)))));
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadReply> out) {
        answer(
                out,
                () -> session(
                        request.getSession(),
                        request.getCall(),
                        ReadReply.class,
                        port -> Messages.reply(
                                port.read(request.getRows(), request.getColumns(), request.getTimes()))));
    }

    @Override
    public void multiply(MultiplyRequest request, StreamObserver<MultiplyReply> out) {
        answer(
                out,
                () -> session(
                        request.getSession(),
                        request.getCall(),
                        MultiplyReply.class,
                        port -> Messages.reply(port.multiply(request.getColumns(), Messages.reads(request)))));
    }

    @Override
    public void calibrate(CalibrateRequest request, StreamObserver<CalibrateReply> out) {
        answer(
                out,
                () -> session(
                        request.getSession(),
                        request.getCall(),
                        CalibrateReply.class,
                        port -> Messages.reply(port.calibrate())));
    }

    @Override
    public void age(AgeRequest request, StreamObserver<AgeReply> out) {
        answer(
                out,
                () -> session(request.getSession(), request.getCall(), AgeReply.class, port -> {
                    port.age(request.getTimeS(), request.getTemperatureK());
                    return AgeReply.getDefaultInstance();
                }));
    }

    @Override
    public void telemetry(TelemetryRequest request, StreamObserver<TelemetryReply> out) {
        answer(
                out,
                () -> session(
                        request.getSession(),
                        request.getCall(),
                        TelemetryReply.class,
                        port -> Messages.reply(port.telemetry())));
    }

    /** Gives up the arrays of all clients. */
    void endSessions() {
        synchronized (sessions) {
            sessions.values().forEach(own -> free.get(own.array).release());
            sessions.clear();
        }
    }

    /** What an array does in a call. */
    private interface Call<T> {
        T of(ArrayPort port);
    }

    private Session session(long number) {
        synchronized (sessions) {
            Session session = sessions.get(number);
            if (session == null) {
                throw Status.FAILED_PRECONDITION
                        .withDescription("session " + Long.toUnsignedString(number) + " has ended or never began")
                        .asRuntimeException();
            }
            return session;
        }
    }

    private <T extends Message> T session(long number, long call, Class<T> type, Call<T> work) {
        Session session = session(number);
        session.connection = Connections.current();
        synchronized (session) {
            if (call == session.call && type.isInstance(session.reply)) {
                return type.cast(session.reply);
            }
            if (session.closed || call != session.call + 1) {
                throw Status.FAILED_PRECONDITION
                        .withDescription("call " + Long.toUnsignedString(call) + " of session " + number
                                + "; the next is " + (session.call + 1))
                        .asRuntimeException();
            }
            T reply = work.of(session.port);
            session.call = call;
            session.reply = reply;
            return reply;
        }
    }

    private <T> void answer(StreamObserver<T> out, Supplier<T> work) {
        if (!queue.tryAcquire()) {
            out.onError(Status.RESOURCE_EXHAUSTED
                    .withDescription(rules.queueDepth() + " calls are waiting; try again")
                    .asRuntimeException());
            return;
        }
        T reply;
        try {
            reply = work.get();
        } catch (PortException e) {
            out.onError(status(e.kind()).withDescription(e.getMessage()).asRuntimeException());
            return;
        } catch (StatusRuntimeException e) {
            out.onError(e);
            return;
        } catch (IllegalArgumentException e) {
            out.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
            return;
        } catch (RuntimeException e) {
            out.onError(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
            return;
        } finally {
            queue.release();
        }
        send(out, reply);
    }

    /** Sends a reply, or loses it. */
    private <T> void send(StreamObserver<T> out, T reply) {
        Mishaps mishaps = rules.mishaps();
        try {
            TimeUnit.NANOSECONDS.sleep(mishaps.delay().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (mishaps.dropEvery() > 0 && replies.incrementAndGet() % mishaps.dropEvery() == 0) {
            out.onError(Status.UNAVAILABLE
                    .withDescription("the reply was lost on purpose")
                    .asRuntimeException());
            return;
        }
        out.onNext(reply);
        out.onCompleted();
    }

    private static Status status(PortException.Kind kind) {
        return switch (kind) {
            case NO_ANSWER -> Status.UNAVAILABLE;
            case BUSY -> Status.RESOURCE_EXHAUSTED;
            case LIMIT -> Status.OUT_OF_RANGE;
            case INVALID -> Status.INVALID_ARGUMENT;
            case UNSUPPORTED -> Status.UNIMPLEMENTED;
            case TOKEN -> Status.UNAUTHENTICATED;
            case NONSENSE -> Status.DATA_LOSS;
        };
    }
}
