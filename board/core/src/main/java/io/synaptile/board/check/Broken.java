/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.check;

/** A board does not keep its contract; the message says in what. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
        super(message, null, false, false);
    }

    /** Demands something. */
    static void unless(boolean kept, String message) {
        if (!kept) {
            throw new Broken(message);
        }
    }
}
