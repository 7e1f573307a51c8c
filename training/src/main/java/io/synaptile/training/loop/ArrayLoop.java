/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.loop;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a training is read from arrays, and how its weights get there.
 *
 * <p>Passes forward read the layers from the arrays; passes back go through the weights that the cells are known to hold. What a
 * step moves is written when the next writing is due; weights that have not changed are not written again.
 *
 * @param layers ids of the layers on arrays
 * @param every batches between two writings, counted anew in every epoch; 0 to write as an epoch begins and no more
 * @param perturbation 0 where derivatives go through the layers. Else these are a black box: in every step each of their weights is moved up or
 *     down by this share of the layer's largest, at random, the network is measured there and on the opposite side, and the difference of
 *     the two losses gives all their derivatives (simultaneous perturbation: J. C. Spall, IEEE Transactions on Automatic Control
 *     37(3), 1992)
 */
public record ArrayLoop(LoopArrays arrays, Set<Integer> layers, int every, float perturbation) {
    public ArrayLoop {
        Objects.requireNonNull(arrays);
        layers = Collections.unmodifiableSet(new TreeSet<>(layers));
        if (layers.isEmpty() || every < 0 || !(perturbation >= 0f && perturbation <= 1f)) {
            throw new IllegalArgumentException("a loop of " + layers.size() + " layers, written every " + every
                    + " batches, moved by " + perturbation + " of their weights");
        }
    }

    /** Whether layers are written before a batch of an epoch, numbered from 0. */
    public boolean isDue(int batch) {
        return isBlackBox() || (every == 0 ? batch == 0 : batch % every == 0);
    }

    /** Whether no derivative goes through the layers. */
    public boolean isBlackBox() {
        return perturbation > 0f;
    }

    /**
     * How often arrays are written in a training whose weights change at every step.
     *
     * @param batches of an epoch
     * @param every see {@link ArrayLoop}
     */
    public static long writings(int epochs, int batches, int every) {
        long perEpoch = every == 0 ? 1 : Math.ceilDiv(batches, every);
        // What is validated at the end of an epoch is what the next one begins with.
        return epochs * perEpoch + 1;
    }

    /** The same for arrays that are a black box: twice a step, and once to validate an epoch. */
    public static long blackBoxWritings(int epochs, int batches) {
        return epochs * (2L * batches + 1);
    }
}
