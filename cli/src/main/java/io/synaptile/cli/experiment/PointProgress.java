/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

/**
 * Progress of one design point of a sweep.
 *
 * @param sweep told of the same stages with the point before their names
 * @param point for example {@code 3/9}
 */
record PointProgress(Progress sweep, String point) implements Progress {
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
        sweep.notice(point + " " + line);
    }
}
