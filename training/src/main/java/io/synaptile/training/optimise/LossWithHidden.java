/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.Objects;
import java.util.Optional;

/** A loss of the scores with a term that looks at hidden layers added to it. */
public record LossWithHidden(Loss scores, HiddenTerm term) implements Loss {
    public LossWithHidden {
        Objects.requireNonNull(scores);
        Objects.requireNonNull(term);
    }

    @Override
    public double evaluate(float[] given, int[] labels, float[] gradient) {
        return scores.evaluate(given, labels, gradient);
    }

    @Override
    public Optional<HiddenTerm> hidden() {
        return Optional.of(term);
    }
}
