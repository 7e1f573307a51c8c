/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

import java.util.Objects;

/**
 * What a board has found its columns to be: measured = gain * true + offset.
 *
 * @param name of the calibration
 * @param gain by column
 * @param offset uS, by column
 */
public record ColumnCalibration(String name, float[] gain, float[] offset) {
    public ColumnCalibration {
        Objects.requireNonNull(name);
        if (gain.length != offset.length) {
            throw new IllegalArgumentException(gain.length + " gains and " + offset.length + " offsets");
        }
    }
}
