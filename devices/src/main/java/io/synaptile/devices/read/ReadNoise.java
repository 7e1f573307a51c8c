/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.read;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;

/** Gaussian noise of a read, independent between cells, reads and causes: the variances of all causes add up. */
public interface ReadNoise {
    /**
     * Variance of one read, uS squared.
     *
     * @param programmed conductance after programming, uS
     * @param held conductance when it is read, uS
     */
    double variance(double programmed, double held, Age age, ConductanceRange range);
}
