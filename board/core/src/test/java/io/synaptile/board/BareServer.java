/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server of a service alone, on the transport that boards have. */
public final class BareServer {
    private BareServer() {}

    /** Serves on a free port of loopback. */
    public static Server start(ServerServiceDefinition service) throws IOException {
        Transport.prepare();
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .build()
                .start();
    }
}
