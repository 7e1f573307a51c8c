/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets up what carries the messages before it is first used. */
public final class Transport {
    private static final String NETTY = "io.grpc.netty.shaded.io.netty.";
    /** Held here, for a level that is set on a logger that nobody holds may be forgotten. */
    private static final Logger LOGGER = Logger.getLogger("io.grpc");

    private Transport() {}

    /**
     * Keeps the transport to plain Java, for which the virtual machine has no warnings, and lets it log problems alone. What a
     * user has set stays.
     */
    public static void prepare() {
        setUnlessSet(NETTY + "noUnsafe");
        setUnlessSet(NETTY + "transport.noNative");
        if (LOGGER.getLevel() == null) {
            LOGGER.setLevel(Level.SEVERE);
        }
    }

    private static void setUnlessSet(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }
}
