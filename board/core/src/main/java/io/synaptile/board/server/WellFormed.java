/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.server;

import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Refuses bytes that are no message. Left to itself, gRPC takes them for a fault of the server: it logs a stack trace, and tells
 * the client nothing.
 */
final class WellFormed implements ServerInterceptor {
    private WellFormed() {}

    /** The service behind this check. */
    static ServerServiceDefinition of(ServerServiceDefinition service) {
        // Bytes become messages behind the interceptor, so that it hears of those that do not.
        return ServerInterceptors.intercept(ServerInterceptors.useInputStreamMessages(service), new WellFormed());
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            private boolean refused;

            @Override
            public void onMessage(Q message) {
                if (refused) {
                    return;
                }
                try {
                    super.onMessage(message);
                } catch (StatusRuntimeException e) {
                    refused = true;
                    call.close(
                            Status.INVALID_ARGUMENT.withDescription("the bytes of this request are no message"),
                            new Metadata());
                }
            }

            @Override
            public void onHalfClose() {
                if (!refused) {
                    super.onHalfClose();
                }
            }
        };
    }
}
