/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

/**
 * A physical array did not do what it was asked for. The message names board, array and call. It is the user's to mend: a
 * bench to switch on, a limit to keep, a number to correct.
 */
public final class PortException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** There is no answer, or not in time. Trying again may help. */
        NO_ANSWER,
        /** Too many calls wait, or a message is too long. Trying again may help. */
        BUSY,
        /** A limit would be exceeded; nothing was done. */
        LIMIT,
        /** The call has no sense to the array. */
        INVALID,
        /** The array is in no state for it: never programmed, held by another client, or given back. */
        UNREADY,
        /** The array cannot do this. */
        UNSUPPORTED,
        /** The token is missing or wrong. */
        TOKEN,
        /** What came back cannot be: another shape, or no number. */
        NONSENSE
    }

    private final Kind kind;

    /**
     * @param where board and array, for example {@code board bench-a, array array0}
     * @param call what was asked for, for example {@code multiply}
     */
    public PortException(Kind kind, String where, String call, String what) {
        this(kind, where, call, what, null);
    }

    /** The same with what brought it about. */
    public PortException(Kind kind, String where, String call, String what, Throwable cause) {
        super(where + ", " + call + ": " + what, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same call may succeed later. */
    public boolean mayPass() {
        return kind == Kind.NO_ANSWER || kind == Kind.BUSY;
    }
}
