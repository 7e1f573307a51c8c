/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Golden vectors of the variation model, named as in the method notes: rram_2bit, rram_1bit_x2, rram_4bit_asymmetric_max,
 * rram_all_positive. {@code SIGNED_MAX} is the saturation of the published code.
 */
class LogNormalVariationTest {
    @Test
    void twoBitVector() {
        float[] w = {1f, -1f, 0.5f, -0.5f};
        float[] z = {0.5f, -1f, 2f, 0.3f};
        assertVector(w, z, 0.12542f, Saturation.NONE, 1.064718f, -0.882126f, 0.642552f, -0.519171f);
        assertVector(w, z, 0.12542f, Saturation.SIGNED_MAX, 1f, -0.882126f, 0.642552f, -0.519171f);
        assertVector(w, z, 0.12542f, Saturation.SYMMETRIC, 1f, -0.882126f, 0.642552f, -0.519171f);
    }

    @Test
    void oneBitVectorAtDoubleVariation() {
        float[] w = {1f, -1f, 1f};
        float[] z = {1f, -1f, -2f};
        assertVector(w, z, 2 * 0.08164f, Saturation.SIGNED_MAX, 1f, -0.849353f, 0.721401f);
        assertVector(w, z, 2 * 0.08164f, Saturation.SYMMETRIC, 1f, -0.849353f, 0.721401f);
    }

    @Test
    void fourBitVectorWithASmallPositiveMaximum() {
        float[] w = {0.5f, -1f, 0.125f, -0.125f};
        float[] z = {1.5f, 0.7f, -0.4f, -2f};
        assertVector(w, z, 0.34597f, Saturation.NONE, 0.840135f, -1.274022f, 0.108845f, -0.062575f);
        assertVector(w, z, 0.34597f, Saturation.SYMMETRIC, 0.840135f, -1f, 0.108845f, -0.062575f);
        assertVector(w, z, 0.34597f, Saturation.SIGNED_MAX, 0.5f, -0.5f, 0.108845f, -0.062575f);
    }

    @Test
    void allPositiveVector() {
        float[] w = {0.5f, 0.125f, 0.25f};
        float[] z = {-1f, -2f, 3f};
        assertVector(w, z, 0.34597f, Saturation.SIGNED_MAX, 0.353767f, 0.125f, 0.5f);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void symmetricSaturationKeepsSignsAndNeverExceedsFullScale(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] w = new float[200];
        float[] z = new float[200];
        for (int i = 0; i < w.length; i++) {
            w[i] = random.nextFloat(-1f, 1f);
            z[i] = (float) random.nextGaussian();
        }
        w[0] = 0f;
        float[] varied = new float[200];
        LogNormalVariation.perturb(w, 0.5f, z, Saturation.SYMMETRIC, 1f, varied);
        for (int i = 0; i < w.length; i++) {
            assertThat(Math.abs(varied[i])).isLessThanOrEqualTo(1f);
            assertThat(Math.signum(varied[i])).isEqualTo(Math.signum(w[i]));
        }
    }

    @Test
    void withoutSpreadNothingMovesAndResultMayReplaceTheInput() {
        float[] w = {0.25f, -1f, 0f};
        LogNormalVariation.perturb(w, 0f, new float[] {3f, -3f, 1f}, Saturation.SYMMETRIC, 1f, w);
        assertThat(w).containsExactly(0.25f, -1f, 0f);
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() ->
                        LogNormalVariation.perturb(new float[2], 0.1f, new float[3], Saturation.NONE, 1f, new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("variation of 2 values with 3 normals into 2");
        assertThatThrownBy(() ->
                        LogNormalVariation.perturb(new float[2], -1f, new float[2], Saturation.NONE, 1f, new float[2]))
                .hasMessage("sigma must be at least 0, got -1.0");
        assertThatThrownBy(() -> LogNormalVariation.tableSigma(6))
                .hasMessageContaining("no entry for 6 bits, only for [1, 2, 3, 4, 8]");
    }

    private static void assertVector(float[] w, float[] z, float sigma, Saturation saturation, float... expected) {
        float[] varied = new float[w.length];
        LogNormalVariation.perturb(w, sigma, z, saturation, 1f, varied);
        for (int i = 0; i < w.length; i++) {
            assertThat(varied[i]).as("element %d", i).isCloseTo(expected[i], againstReference(1e-6f));
        }
    }
}
