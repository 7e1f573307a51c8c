/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

import io.synaptile.devices.ConductanceRange;
import java.util.Objects;

/**
 * What a physical array is, and what it can do and bear.
 *
 * @param board what the board calls itself
 * @param serialNumber of the board
 * @param array name on the board
 * @param rows of the array
 * @param columns of the array
 * @param range between which a cell can be written
 * @param limits that the board keeps by refusing
 * @param deterministic whether the same calls give the same numbers
 * @param canCalibrate whether it measures and corrects its columns
 * @param canAge whether time can be made to pass
 * @param wornPulses most pulses that any of its cells has had
 * @param calibration name of that in force; empty for none
 */
public record PortFacts(
        String board,
        String serialNumber,
        String array,
        int rows,
        int columns,
        ConductanceRange range,
        PortLimits limits,
        boolean deterministic,
        boolean canCalibrate,
        boolean canAge,
        long wornPulses,
        String calibration) {
    public PortFacts {
        Objects.requireNonNull(board);
        Objects.requireNonNull(serialNumber);
        Objects.requireNonNull(array);
        Objects.requireNonNull(range);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(calibration);
        if (rows < 1 || columns < 1 || wornPulses < 0) {
            throw new IllegalArgumentException(
                    "an array of " + rows + " x " + columns + " cells with " + wornPulses + " pulses");
        }
    }

    /** The same with another calibration in force. */
    public PortFacts with(String other) {
        return new PortFacts(
                board,
                serialNumber,
                array,
                rows,
                columns,
                range,
                limits,
                deterministic,
                canCalibrate,
                canAge,
                wornPulses,
                other);
    }
}
