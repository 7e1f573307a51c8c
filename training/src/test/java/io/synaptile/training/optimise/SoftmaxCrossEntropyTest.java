/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest {
    private static final Loss LOSS = new SoftmaxCrossEntropy();

    @Test
    void equalScoresCostTheLogarithmOfTheClasses() {
        float[] gradient = new float[8];
        assertThat(LOSS.evaluate(new float[8], new int[] {1, 3}, gradient))
                .isEqualTo(Math.log(4), againstClosedForm(1e-12));
        assertThat(gradient).containsExactly(0.125f, -0.375f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, -0.375f);
    }

    @Test
    void hugeScoresStayFinite() {
        float[] gradient = new float[2];
        assertThat(LOSS.evaluate(new float[] {3e38f, -3e38f}, new int[] {0}, gradient))
                .isZero();
        assertThat(gradient).containsExactly(0f, 0f);
        assertThat(LOSS.evaluate(new float[] {1000f, 0f}, new int[] {1}, gradient))
                .isEqualTo(1000, againstClosedForm(1e-9));
        assertThat(gradient).containsExactly(1f, -1f);
    }

    /** Two classes, smoothing 1/2: q is 3/4 and 1/4; with equal scores p is 1/2 and the loss ln 2 whatever q. */
    @Test
    void smoothingMovesTheTargetTowardsAllClasses() {
        Loss smoothed = new SoftmaxCrossEntropy(0.5);
        float[] gradient = new float[2];
        assertThat(smoothed.evaluate(new float[2], new int[] {0}, gradient))
                .isEqualTo(Math.log(2), againstClosedForm(1e-12));
        assertThat(gradient).containsExactly(-0.25f, 0.25f);
        float[] optimum = {(float) Math.log(3), 0f};
        double entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
        assertThat(smoothed.evaluate(optimum, new int[] {0}, gradient)).isEqualTo(entropy, againstClosedForm(1e-7));
        assertThat(gradient[0]).isEqualTo(0f, againstClosedForm(1e-7f));
    }

    @Test
    void smoothingOfAWholeLabelIsRefused() {
        assertThatThrownBy(() -> new SoftmaxCrossEntropy(1))
                .hasMessage("label smoothing must be at least 0 and below 1, got 1.0");
    }

    @Test
    void scoresThatAreNotAWholeNumberOfSamplesAreRefused() {
        assertThatThrownBy(() -> LOSS.evaluate(new float[5], new int[2], new float[5]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
