/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board;

/** Numbers of the wire form. */
public final class Wire {
    /** Version of the wire form. */
    public static final int VERSION = 1;
    /** Longest message in either direction, unless a board says less. */
    public static final int MAX_MESSAGE_BYTES = 64 << 20;

    private Wire() {}
}
