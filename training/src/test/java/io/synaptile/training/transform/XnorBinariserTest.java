/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.testing.Tolerance;
import io.synaptile.training.optimise.Projection;
import org.junit.jupiter.api.Test;

class XnorBinariserTest {
    private static final XnorBinariser BINARISER = new XnorBinariser(2, 3);

    private static void assertClose(float[] found, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).isCloseTo(expected[i], Tolerance.againstReference(1e-5));
        }
    }

    /** Vector xnor of the method's specification. */
    @Test
    void theVectorIsReached() {
        float[] weights = {0.5f, -0.25f, 0.9f, -0.1f, 0.3f, -1.6f};

        new Projection.Centred().apply(weights, 2, 3);
        assertClose(weights, 0.116667, -0.633333, 0.516667, 0.366667, 0.766667, -1.133333);
        new Projection.Clamp(-1f, 1f).apply(weights, 2, 3);
        float[] binary = new float[6];
        BINARISER.apply(weights, binary, null);
        assertClose(binary, 0.422222, -0.422222, 0.422222, 0.711111, 0.711111, -0.711111);
        float[] gradient = {0.1f, -0.2f, 0.4f, 0.3f, 0.05f, -0.6f};
        BINARISER.pullBack(weights, binary, gradient);
        assertClose(gradient, 0.551111, -0.635556, 0.804444, 1.06, 0.704444, -1.486667);
    }

    @Test
    void noGradientPassesStraightBeyondOne() {
        float[] weights = {2f, 0f, -0.5f, 0.1f, 0.1f, 0.1f};
        float[] binary = new float[6];
        BINARISER.apply(weights, binary, null);
        float[] gradient = {1f, 1f, 0f, 0f, 0f, 0f};

        BINARISER.pullBack(weights, binary, gradient);

        double magnitude = 2.5 / 3;
        double along = 1.0 / 3;
        assertClose(gradient, along * 2, magnitude * 2, -along * 2, 0, 0, 0);
        assertThat(binary[1]).isZero();
    }
}
