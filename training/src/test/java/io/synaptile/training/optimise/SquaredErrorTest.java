/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SquaredErrorTest {
    private static final Loss LOSS = new SquaredError();

    /** Distances (-1/2, 1/2) and (1, -1): squares of 1/4 twice and 1 twice, their mean 5/8. */
    @Test
    void itIsTheMeanOverSamplesAndClasses() {
        float[] gradient = new float[4];
        assertThat(LOSS.evaluate(new float[] {0.5f, 0.5f, 1f, 0f}, new int[] {0, 1}, gradient))
                .isEqualTo(0.625);
        assertThat(gradient).containsExactly(-0.25f, 0.25f, 0.5f, -0.5f);
    }

    /** Vector voting_mse of the specification of sparse training. */
    @Test
    void theVoteOfTheVectorHasItsLoss() {
        float[] votes = {0.7f, 0.1f, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThat(LOSS.evaluate(votes, new int[] {0}, new float[10])).isCloseTo(0.01, againstReference(1e-6));
    }

    @Test
    void scoresOfTheLabelsThemselvesCostNothing() {
        float[] gradient = new float[3];
        assertThat(LOSS.evaluate(new float[] {0f, 1f, 0f}, new int[] {1}, gradient))
                .isZero();
        assertThat(gradient).containsExactly(0f, 0f, 0f);
    }

    @Test
    void scoresThatAreNotAWholeNumberOfSamplesAreRefused() {
        assertThatThrownBy(() -> LOSS.evaluate(new float[5], new int[2], new float[5]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
