/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.synaptile.board.client.BoardAddress;
import io.synaptile.board.client.BoardClient;
import io.synaptile.board.wire.AgeReply;
import io.synaptile.board.wire.AgeRequest;
import io.synaptile.board.wire.ArrayBoardGrpc;
import io.synaptile.board.wire.ArrayBoardGrpc.ArrayBoardBlockingStub;
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
import java.util.function.Supplier;

/** A service in front of that of a board; what breaks is overridden. */
class OtherService extends ArrayBoardGrpc.ArrayBoardImplBase implements AutoCloseable {
    private final ManagedChannel channel;

    OtherService(int port) {
        channel = BoardClient.channel(BoardAddress.of("grpc://localhost:" + port + "/a"), BoardCheckTest.CALLS);
    }

    ArrayBoardBlockingStub board() {
        return ArrayBoardGrpc.newBlockingStub(channel);
    }

    /** Answers with what the board answers, a refusal too. */
    static <T> void answer(StreamObserver<T> out, Supplier<T> work) {
        T reply;
        try {
            reply = work.get();
        } catch (StatusRuntimeException e) {
            out.onError(e);
            return;
        }
        out.onNext(reply);
        out.onCompleted();
    }

    @Override
    public void hello(HelloRequest request, StreamObserver<HelloReply> out) {
        answer(out, () -> board().hello(request));
    }

    @Override
    public void open(OpenRequest request, StreamObserver<OpenReply> out) {
        answer(out, () -> board().open(request));
    }

    @Override
    public void close(CloseRequest request, StreamObserver<CloseReply> out) {
        answer(out, () -> board().close(request));
    }

    @Override
    public void program(ProgramRequest request, StreamObserver<ProgramReply> out) {
        answer(out, () -> board().program(request));
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadReply> out) {
        answer(out, () -> board().read(request));
    }

    @Override
    public void multiply(MultiplyRequest request, StreamObserver<MultiplyReply> out) {
        answer(out, () -> board().multiply(request));
    }

    @Override
    public void calibrate(CalibrateRequest request, StreamObserver<CalibrateReply> out) {
        answer(out, () -> board().calibrate(request));
    }

    @Override
    public void age(AgeRequest request, StreamObserver<AgeReply> out) {
        answer(out, () -> board().age(request));
    }

    @Override
    public void telemetry(TelemetryRequest request, StreamObserver<TelemetryReply> out) {
        answer(out, () -> board().telemetry(request));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
