/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

/**
 * Cells that were read one by one.
 *
 * @param mean uS, {@code [rows][columns]}
 * @param deviation standard deviation of a single read, uS, same layout; 0 where one read was made
 */
public record CellReadings(float[] mean, float[] deviation) {
    public CellReadings {
        if (mean.length != deviation.length) {
            throw new IllegalArgumentException(mean.length + " means and " + deviation.length + " deviations");
        }
    }
}
