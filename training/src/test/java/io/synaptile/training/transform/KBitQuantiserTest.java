/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KBitQuantiserTest {
    /** Inputs of the vectors quant_k1 to quant_k8 of the method's specification. */
    private static final float[] X = {-1.25f, -1f, -0.7f, -0.34f, -0.1f, 0f, 0.02f, 0.25f, 0.5f, 0.99f, 1f, 1.3f};

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of(1, new float[] {-1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1}, new float[] {
                    -1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1
                }),
                Arguments.of(2, new float[] {-1, -1, -1, -0.5f, -0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 1, 1, 1}, new float[] {
                    -1, -1, -1, -0.5f, -0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 1, 1, 1
                }),
                Arguments.of(
                        3,
                        new float[] {-1.25f, -1, -0.75f, -0.5f, -0.25f, 0.25f, 0.25f, 0.25f, 0.5f, 1, 1, 1.25f},
                        new float[] {-1, -1, -0.75f, -0.5f, -0.25f, 0.25f, 0.25f, 0.25f, 0.5f, 1, 1, 1}),
                Arguments.of(
                        4,
                        new float[] {-1.25f, -1, -0.75f, -0.375f, -0.125f, 0.125f, 0.125f, 0.25f, 0.5f, 1, 1, 1.25f},
                        new float[] {-1, -1, -0.75f, -0.375f, -0.125f, 0.125f, 0.125f, 0.25f, 0.5f, 1, 1, 1}),
                Arguments.of(
                        8,
                        new float[] {
                            -1.25f,
                            -1,
                            -0.703125f,
                            -0.34375f,
                            -0.101562f,
                            0.007812f,
                            0.023438f,
                            0.25f,
                            0.5f,
                            0.992188f,
                            1,
                            1.296875f
                        },
                        new float[] {
                            -1,
                            -1,
                            -0.703125f,
                            -0.34375f,
                            -0.101562f,
                            0.007812f,
                            0.023438f,
                            0.25f,
                            0.5f,
                            0.992188f,
                            1,
                            1
                        }));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void vectorsOfThePublishedAndTheClampedFormAreReached(int bits, float[] published, float[] clamped) {
        float[] out = new float[X.length];
        new KBitQuantiser(bits, false).apply(X, out, null);
        assertThat(out).containsExactly(published, againstReference(1e-5f));
        KBitQuantiser.of(bits).apply(X, out, null);
        assertThat(out).containsExactly(clamped, againstReference(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void levelsAreSymmetricAndNoneIsZero(int bits) {
        int half = 1 << bits - 1;
        NoiseStream random = NoiseStream.of(11, Purpose.TEST, bits, 0, 0);
        float[] weights = new float[50_000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 2f * random.nextFloat() - 1f;
        }
        weights[0] = -1f;
        weights[1] = 1f;
        float[] out = new float[weights.length];
        KBitQuantiser.of(bits).apply(weights, out, null);
        TreeSet<Float> found = new TreeSet<>();
        for (float q : out) {
            found.add(q);
        }
        assertThat(found)
                .containsExactlyElementsOf(IntStream.rangeClosed(-half, half)
                        .filter(j -> j != 0)
                        .mapToObj(j -> (float) j / half)
                        .toList());
    }

    @Test
    void gradientPassesStraightThrough() {
        float[] out = new float[X.length];
        KBitQuantiser quantiser = KBitQuantiser.of(4);
        quantiser.apply(X, out, null);
        float[] gradient = {1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11, -12};
        quantiser.pullBack(X, out, gradient);
        assertThat(gradient).containsExactly(1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11, -12);
    }

    @Test
    void impossibleWidthIsRefused() {
        assertThatThrownBy(() -> KBitQuantiser.of(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the bits of a quantised weight must be 1 to 16, got 0");
    }
}
