/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.sweep;

import java.util.function.LongSupplier;

/**
 * When the tables of a sweep are written anew. A join reads every finished point, so that one after each would take time that
 * grows with the square of the points; joins wait until they have taken at most a tenth of the time since the one before.
 */
final class JoinPace {
    /** Time between two joins over that of the first of them. */
    private static final long PAUSE = 9;

    private final LongSupplier clock;
    private long ended;
    private long pause;

    /** @param clock nanoseconds from any moment on */
    JoinPace(LongSupplier clock) {
        this.clock = clock;
        this.ended = clock.getAsLong();
    }

    /** Joins, unless that would be too soon after the last time. */
    void joinIfDue(Runnable join) {
        long begun = clock.getAsLong();
        if (begun - ended < pause) {
            return;
        }
        join.run();
        ended = clock.getAsLong();
        pause = PAUSE * (ended - begun);
    }
}
