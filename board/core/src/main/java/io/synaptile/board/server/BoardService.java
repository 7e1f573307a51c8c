/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.server;

import com.google.protobuf.Message;
import io.grpc.Context;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final int REMEMBERED_ENDS = 1024;
    /** How often a client that waits for an array looks whether it is still wanted, and whether the holder is still there. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ServedBoard board;
    private final ServingRules rules;
    /** Who holds an array; guarded by itself, as is all that follows about holding. */
    private final Map<Long, Session> sessions = new TreeMap<>();
    /** Clients that wait for an array, in their order. */
    private final Map<String, Deque<Object>> waiting = new TreeMap<>();
    /** The calls that gave arrays back, the last ones alone. */
    private final Map<Long, CloseRequest> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CloseRequest> eldest) {
            return size() > REMEMBERED_ENDS;
        }
    };

    private final Connections connections;
    private final Semaphore queue;
    private final AtomicLong replies = new AtomicLong();
    /** Begins anywhere, so that a client does not take a board that began anew for the one that it knew. */
    private long lastSession = RANDOM.nextLong() >>> 2;

    /** An array that a client holds. */
    private static final class Session {
        final String array;
        final ArrayPort port;
        final String client;
        final long opening;
        /** Connection of the last call. */
        volatile long connection;

        volatile boolean over;
        /** Number, request and reply of the last call that was done; guarded by the port. */
        long call;

        Message request;
        Message reply;

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
        board.arrays().keySet().forEach(name -> waiting.put(name, new ArrayDeque<>()));
    }

    @Override
    public void hello(HelloRequest request, StreamObserver<HelloReply> out) {
        queued(out, () -> {
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
            long number = take(name, port, request);
            synchronized (port) {
                return Messages.opened(port.facts()).setSession(number).build();
            }
        });
    }

    /**
     * Takes an array for a client, or finds that it has it already under this number of an opening.
     *
     * @return the session
     */
    private long take(String name, ArrayPort port, OpenRequest request) {
        long end = System.nanoTime() + rules.waitForArray().toNanos();
        Deque<Object> line = waiting.get(name);
        Object own = new Object();
        synchronized (sessions) {
            if (line.size() >= rules.queueDepth()) {
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription(line.size() + " clients are waiting for array " + name + "; try again")
                        .asRuntimeException();
            }
            line.add(own);
            try {
                while (true) {
                    if (Context.current().isCancelled()) {
                        throw Status.CANCELLED.asRuntimeException();
                    }
                    Optional<Map.Entry<Long, Session>> holder = holder(name);
                    if (holder.isPresent()
                            && request.getOpening() != 0
                            && holder.get().getValue().opening == request.getOpening()) {
                        holder.get().getValue().connection = Connections.current();
                        return holder.get().getKey();
                    }
                    if (holder.isEmpty() && line.peek() == own) {
                        sessions.put(++lastSession, new Session(name, port, request));
                        return lastSession;
                    }
                    waitFor(name, holder, end - System.nanoTime());
                }
            } finally {
                line.remove(own);
                sessions.notifyAll();
            }
        }
    }

    /** Waits a little for an array, in the monitor of the sessions. */
    private void waitFor(String name, Optional<Map.Entry<Long, Session>> holder, long nanosLeft) {
        if (nanosLeft <= 0) {
            throw Status.FAILED_PRECONDITION
                    .withDescription("array " + name + " is in use"
                            + holder.map(own -> " by '" + own.getValue().client + "'")
                                    .orElse(""))
                    .asRuntimeException();
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(sessions, Math.min(nanosLeft, LOOK.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.asRuntimeException();
        }
    }

    /** The session that has an array; one whose client has gone is ended. */
    private Optional<Map.Entry<Long, Session>> holder(String array) {
        Optional<Map.Entry<Long, Session>> found = sessions.entrySet().stream()
                .filter(own -> own.getValue().array.equals(array))
                .findFirst();
        if (found.isPresent() && !connections.stands(found.get().getValue().connection)) {
            end(found.get().getKey());
            return Optional.empty();
        }
        return found;
    }

    private void end(long session) {
        synchronized (sessions) {
            Session was = sessions.remove(session);
            if (was != null) {
                was.over = true;
                sessions.notifyAll();
            }
        }
    }

    @Override
    public void close(CloseRequest request, StreamObserver<CloseReply> out) {
        queued(out, () -> {
            synchronized (sessions) {
                if (request.equals(ended.get(request.getSession()))) {
                    return CloseReply.getDefaultInstance();
                }
            }
            return session(request.getSession(), request.getCall(), request, CloseReply.class, _ -> {
                synchronized (sessions) {
                    end(request.getSession());
                    ended.put(request.getSession(), request);
                }
                return CloseReply.getDefaultInstance();
            });
        });
    }

    @Override
    public void program(ProgramRequest request, StreamObserver<ProgramReply> out) {
        queued(
                out,
                () -> session(
                        request.getSession(),
                        request.getCall(),
                        request,
                        ProgramReply.class,
                        port -> Messages.reply(port.program(Messages.order(request)))));
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadReply> out) {
        queued(
                out,
                () -> session(
                        request.getSession(),
                        request.getCall(),
                        request,
                        ReadReply.class,
                        port -> Messages.reply(
                                port.read(request.getRows(), request.getColumns(), request.getTimes()))));
    }

    @Override
    public void multiply(MultiplyRequest request, StreamObserver<MultiplyReply> out) {
        queued(
                out,
                () -> session(
                        request.getSession(),
                        request.getCall(),
                        request,
                        MultiplyReply.class,
                        port -> Messages.reply(port.multiply(request.getColumns(), Messages.reads(request)))));
    }

    @Override
    public void calibrate(CalibrateRequest request, StreamObserver<CalibrateReply> out) {
        queued(
                out,
                () -> session(
                        request.getSession(),
                        request.getCall(),
                        request,
                        CalibrateReply.class,
                        port -> Messages.reply(port.calibrate())));
    }

    @Override
    public void age(AgeRequest request, StreamObserver<AgeReply> out) {
        queued(
                out,
                () -> session(request.getSession(), request.getCall(), request, AgeReply.class, port -> {
                    port.age(request.getTimeS(), request.getTemperatureK());
                    return AgeReply.getDefaultInstance();
                }));
    }

    @Override
    public void telemetry(TelemetryRequest request, StreamObserver<TelemetryReply> out) {
        queued(
                out,
                () -> session(
                        request.getSession(),
                        request.getCall(),
                        request,
                        TelemetryReply.class,
                        port -> Messages.reply(port.telemetry())));
    }

    /** Gives up the arrays of all clients. */
    void endSessions() {
        synchronized (sessions) {
            List.copyOf(sessions.keySet()).forEach(this::end);
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
                        .withDescription("session " + Long.toUnsignedString(number)
                                + " has ended or never began; was the board started again?")
                        .asRuntimeException();
            }
            return session;
        }
    }

    private <T extends Message> T session(long number, long call, Message request, Class<T> type, Call<T> work) {
        Session session = session(number);
        session.connection = Connections.current();
        synchronized (session.port) {
            if (session.over) {
                session(number);
            }
            if (call == session.call && session.request != null) {
                if (!request.equals(session.request)) {
                    throw Status.INVALID_ARGUMENT
                            .withDescription("call " + Long.toUnsignedString(call) + " of session "
                                    + Long.toUnsignedString(number)
                                    + " was another; a number that is used again must come with the same request")
                            .asRuntimeException();
                }
                return type.cast(session.reply);
            }
            if (call != session.call + 1) {
                throw Status.INVALID_ARGUMENT
                        .withDescription("call " + Long.toUnsignedString(call) + " of session "
                                + Long.toUnsignedString(number) + "; the next is " + (session.call + 1))
                        .asRuntimeException();
            }
            T reply = work.of(session.port);
            session.call = call;
            session.request = request;
            session.reply = reply;
            return reply;
        }
    }

    /** Answers a call that counts among those that may wait. */
    private <T> void queued(StreamObserver<T> out, Supplier<T> work) {
        answer(out, () -> {
            if (!queue.tryAcquire()) {
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription(rules.queueDepth() + " calls are waiting; try again")
                        .asRuntimeException();
            }
            try {
                return work.get();
            } finally {
                queue.release();
            }
        });
    }

    private <T> void answer(StreamObserver<T> out, Supplier<T> work) {
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
        } catch (RuntimeException | OutOfMemoryError e) {
            out.onError(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
            return;
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
            case UNREADY -> Status.FAILED_PRECONDITION;
            case UNSUPPORTED -> Status.UNIMPLEMENTED;
            case TOKEN -> Status.UNAUTHENTICATED;
            case NONSENSE -> Status.DATA_LOSS;
        };
    }
}
