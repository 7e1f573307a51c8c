/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How arrays become frames, and what their values are for.
 *
 * @param axes which axis of an array is what; empty for the usual one of as many axes
 * @param bin frames that are joined to one, the last of them at the end of a recording to what there is: their mean, of
 *     spikes their sum
 * @param delta change of a value that gives a spike; empty where values are not coded by their changes
 */
public record FrameChoice(Optional<Axes> axes, Values values, int bin, OptionalDouble delta) {
    /** Frames as they are. */
    public static final FrameChoice AS_THEY_ARE =
            new FrameChoice(Optional.empty(), Values.CURRENTS, 1, OptionalDouble.empty());

    /** What values of a frame are for. */
    public enum Values {
        /** Input currents of any size. */
        CURRENTS,
        /** Probabilities of a spike. */
        PROBABILITIES,
        /** Numbers of spikes. */
        SPIKES
    }

    public FrameChoice {
        if (bin < 1 || delta.isPresent() && !(delta.getAsDouble() > 0)) {
            throw new IllegalArgumentException(
                    "frames are joined by 1 or more and changes are above 0, got " + bin + " and " + delta.orElse(1));
        }
    }
}
