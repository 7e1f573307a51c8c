/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;

/** Pulses that are repeated until a read confirms the target. */
public sealed interface WriteVerify permits SinglePulse, VerifiedWindow, VerifiedPulses {
    /** Spread of the read that decides, uS. */
    @FunctionalInterface
    interface VerifyRead {
        /** Standard deviation of a read of a cell just written, uS. */
        double sigmaMicrosiemens(double conductance);
    }

    /**
     * Corrects written cells.
     *
     * @param aim what each cell shall reach, uS
     * @param reached what one pulse left in, verified conductances out, uS, same length
     * @param limit largest conductance each cell can have, uS, same length
     * @param draws numbers of this effect
     * @return pulses given to all cells together, the first one of each included
     */
    long apply(float[] aim, float[] reached, float[] limit, ConductanceRange range, VerifyRead read, CellDraws draws);
}
