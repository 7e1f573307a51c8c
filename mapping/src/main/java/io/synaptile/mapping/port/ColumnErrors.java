/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

/**
 * What the converters of a simulated board do to the currents of its columns, unknown to whoever uses it: measured = gain * true
 * + offset + noise, gain and offset drawn once for every column and normal.
 *
 * @param gainSigma standard deviation of the gain around 1
 * @param offsetMicrosiemens standard deviation of the offset, uS
 * @param noiseMicrosiemens standard deviation of a reading, uS
 */
public record ColumnErrors(double gainSigma, double offsetMicrosiemens, double noiseMicrosiemens) {
    /** Columns without errors. */
    public static final ColumnErrors NONE = new ColumnErrors(0, 0, 0);

    public ColumnErrors {
        if (!(gainSigma >= 0 && gainSigma < 1) || !(offsetMicrosiemens >= 0) || !(noiseMicrosiemens >= 0)) {
            throw new IllegalArgumentException("column errors of " + gainSigma + ", " + offsetMicrosiemens + " uS and "
                    + noiseMicrosiemens + " uS");
        }
    }
}
