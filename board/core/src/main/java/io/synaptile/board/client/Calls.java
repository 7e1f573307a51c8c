/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.synaptile.board.wire.ArrayBoardGrpc;
import io.synaptile.mapping.port.PortException;
import io.synaptile.mapping.port.PortException.Kind;
import java.util.concurrent.TimeUnit;

/**
 * Makes calls and makes them again where that may help, as rules say.
 *
 * @param where board and array, for messages
 */
record Calls(CallRules rules, String where) {
    /** One attempt, with its deadline. */
    interface Attempt<T> {
        T with(Calls deadline);
    }

    ArrayBoardGrpc.ArrayBoardBlockingStub on(ArrayBoardGrpc.ArrayBoardBlockingStub stub) {
        return stub.withDeadlineAfter(rules.deadline().toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Makes a call.
     *
     * @param name of the call, for messages
     * @throws PortException if it fails for good
     */
    <T> T of(String name, Attempt<T> attempt) {
        long pause = rules.pause().toNanos();
        for (int tried = 0; ; tried++) {
            try {
                return attempt.with(this);
            } catch (StatusRuntimeException e) {
                PortException failure = failure(name, e, tried + 1);
                if (!failure.mayPass() || tried == rules.retries()) {
                    throw failure;
                }
            }
            sleep(pause, name);
            pause *= 2;
        }
    }

    private void sleep(long nanos, String name) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException(Kind.NO_ANSWER, where, name, "interrupted", e);
        }
    }

    private PortException failure(String name, StatusRuntimeException e, int tries) {
        Status status = e.getStatus();
        String said = status.getDescription() == null ? status.getCode().toString() : status.getDescription();
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            said = "within " + rules.deadline().toMillis() / 1000.0 + " s";
        } else if (status.getCause() != null && status.getCause().getMessage() != null) {
            said = status.getCause().getMessage();
        }
        Kind kind = switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED -> Kind.NO_ANSWER;
            case RESOURCE_EXHAUSTED -> Kind.BUSY;
            case OUT_OF_RANGE -> Kind.LIMIT;
            case UNIMPLEMENTED -> Kind.UNSUPPORTED;
            case UNAUTHENTICATED, PERMISSION_DENIED -> Kind.TOKEN;
            case DATA_LOSS, INTERNAL, UNKNOWN, CANCELLED, ABORTED, OK -> Kind.NONSENSE;
            case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS -> Kind.INVALID;
            case FAILED_PRECONDITION -> Kind.UNREADY;
        };
        String what = kind == Kind.NO_ANSWER
                ? "no answer" + (tries > 1 ? " after " + tries + " tries" : "") + " (" + said + ")"
                : said;
        return new PortException(kind, where, name, what, e);
    }
}
