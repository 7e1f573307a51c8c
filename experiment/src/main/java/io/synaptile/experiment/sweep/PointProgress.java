/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.sweep;

import io.synaptile.experiment.Progress;
import java.util.Set;

/**
 * Progress of one design point of a sweep.
 *
 * @param sweep told of the same stages with the point before their names
 * @param point for example {@code 3/9}
 * @param noticed what points before said, which is not said again
 */
record PointProgress(Progress sweep, String point, Set<String> noticed) implements Progress {
    @Override
    public void begin(String stage, long steps) {
        sweep.begin(point + " " + stage, steps);
    }

    @Override
    public void advance(long by, String status) {
        sweep.advance(by, status);
    }

    @Override
    public void end(String result) {
        sweep.end(result);
    }

    @Override
    public void notice(String line) {
        if (noticed.add(line)) {
            sweep.notice(point + " " + line);
        }
    }
}
