/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fuzz;

import io.synaptile.cli.CommandOutcome;

/** What became of a damaged file. */
enum Verdict {
    /** Exit code 2 and one line. */
    REFUSED,
    /** Read, and what came of it is plausible. */
    ACCEPTED,
    /** Read, but a result is not finite or of a wrong shape. */
    IMPLAUSIBLE,
    /** Refused with more than one line, a character that acts on a terminal, or the name of an exception. */
    BAD_LINE,
    /** Not ended after the longest time. */
    SLOW,
    OUT_OF_MEMORY,
    /** Anything else: the command line would call it a failure. */
    FAILURE;

    private static final int LONGEST_LINE = 2_200;

    /** Whether a user may see it. */
    boolean good() {
        return this == REFUSED || this == ACCEPTED;
    }

    static Verdict of(CommandOutcome outcome) {
        String line = outcome.err().strip();
        if (outcome.code() == 0) {
            return outcome.out().matches("(?s).*\\b(NaN|Infinity)\\b.*") ? IMPLAUSIBLE : ACCEPTED;
        } else if (line.contains("not enough memory")) {
            return OUT_OF_MEMORY;
        } else if (outcome.code() != 2) {
            return FAILURE;
        }
        boolean plain =
                line.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        boolean clear = line.startsWith("synaptile: ")
                && line.length() <= LONGEST_LINE
                && !line.matches(".*(Exception|Error\\b|\\bnull$|: null\\b).*");
        return plain && clear ? REFUSED : BAD_LINE;
    }
}
