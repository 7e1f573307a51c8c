/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

/**
 * The straight line through the values after equal pulses.
 *
 * @param slope per pulse
 * @param errors the slope in standard errors
 */
record Trend(double slope, double errors) {
    /** Standard errors that chance reaches in less than 3 of 1,000 trains. */
    private static final double CERTAIN = 3;

    /** By least squares; NaN is left out. */
    static Trend of(double[] values) {
        double meanX = 0;
        double meanY = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                meanX += i;
                meanY += values[i];
                count++;
            }
        }
        meanX /= count;
        meanY /= count;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                xx += (i - meanX) * (i - meanX);
                xy += (i - meanX) * (values[i] - meanY);
                yy += (values[i] - meanY) * (values[i] - meanY);
            }
        }
        double left = Math.max(0, yy - xy * xy / xx);
        return new Trend(xy / xx, Math.abs(xy) / xx / Math.sqrt(left / xx / (count - 2)));
    }

    /** Whether the values go one way, and not by chance. */
    boolean isCertain() {
        return errors > CERTAIN;
    }
}
