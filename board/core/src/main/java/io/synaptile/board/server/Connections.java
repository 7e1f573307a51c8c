/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.server;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Which connections stand, so that an array whose client has gone can be given to another. */
final class Connections extends ServerTransportFilter implements ServerInterceptor {
    private static final Attributes.Key<Long> NUMBER = Attributes.Key.create("connection");
    private static final Context.Key<Long> OF_CALL = Context.key("connection");

    private final AtomicLong last = new AtomicLong();
    private final Set<Long> standing = ConcurrentHashMap.newKeySet();

    @Override
    public Attributes transportReady(Attributes attributes) {
        long number = last.incrementAndGet();
        standing.add(number);
        return attributes.toBuilder().set(NUMBER, number).build();
    }

    @Override
    public void transportTerminated(Attributes attributes) {
        Long number = attributes == null ? null : attributes.get(NUMBER);
        if (number != null) {
            standing.remove(number);
        }
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Long number = call.getAttributes().get(NUMBER);
        return Contexts.interceptCall(
                Context.current().withValue(OF_CALL, number == null ? Long.valueOf(0) : number), call, headers, next);
    }

    /** The connection of the call under way. */
    static long current() {
        Long number = OF_CALL.get();
        return number == null ? 0 : number;
    }

    boolean stands(long number) {
        return standing.contains(number);
    }
}
