/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;

/** One pulse per cell, unverified. */
public record SinglePulse() implements WriteVerify {
    @Override
    public long apply(
            float[] aim, float[] reached, float[] limit, ConductanceRange range, VerifyRead read, CellDraws draws) {
        return reached.length;
    }
}
