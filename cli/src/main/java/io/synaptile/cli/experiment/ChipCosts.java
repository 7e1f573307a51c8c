/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.mapping.activity.ChipLatency;

/**
 * What one chip costs besides the energy of its layers as configured.
 *
 * @param latency of one image, in every mode
 * @param skippingPicojoules energy of one image where tiles without a driven row are not read
 * @param readingAllPicojoules energy of one image where all tiles are read
 * @param writePulses pulses that programmed its cells
 * @param writePicojoules energy of these, NaN where no price is known
 * @param writeNanoseconds time of these with all arrays written at once, NaN where no time is known
 */
record ChipCosts(
        ChipLatency latency,
        double skippingPicojoules,
        double readingAllPicojoules,
        long writePulses,
        double writePicojoules,
        double writeNanoseconds) {}
