/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Surrogate derivatives against finite differences of the functions that they are the derivatives of. */
class SurrogateTest {
    private static final double STEP = 1e-5;

    static Stream<Arguments> primitives() {
        return Stream.of(
                Arguments.of(new Surrogate.Triangle(0.3f), primitive(m -> 0.3f * (m - m * Math.abs(m) / 2), 1)),
                Arguments.of(new Surrogate.Rectangle(0.8f), primitive(m -> m / 0.8f, 0.4)),
                Arguments.of(new Surrogate.ArcTangent(2f), (DoubleUnaryOperator)
                        m -> Math.atan(Math.PI / 2 * 2 * m) / Math.PI + 0.5),
                Arguments.of(new Surrogate.Sigmoid(4f), (DoubleUnaryOperator) m -> 1 / (1 + Math.exp(-4 * m))),
                Arguments.of(new Surrogate.FastSigmoid(25f), (DoubleUnaryOperator) m -> m / (1 + 25 * Math.abs(m))));
    }

    /** A function that goes on level outside {@code |m| < reach}. */
    private static DoubleUnaryOperator primitive(DoubleUnaryOperator inside, double reach) {
        return m -> inside.applyAsDouble(Math.clamp(m, -reach, reach));
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void theDerivativeIsThatOfThePrimitive(Surrogate surrogate, DoubleUnaryOperator primitive) {
        for (double m = -2.013; m < 2; m += 0.037) {
            double slope = (primitive.applyAsDouble(m + STEP) - primitive.applyAsDouble(m - STEP)) / (2 * STEP);
            assertThat((double) surrogate.derivative((float) m))
                    .as("%s at %f", surrogate, m)
                    .isCloseTo(slope, againstClosedForm(2e-5));
        }
    }

    @Test
    void impossibleShapesAreRefused() {
        assertThatThrownBy(() -> new Surrogate.Triangle(0f))
                .hasMessage("height of a surrogate must be above 0, got 0.0");
        assertThatThrownBy(() -> new Surrogate.Rectangle(-1f)).hasMessageContaining("width");
        assertThatThrownBy(() -> new Surrogate.ArcTangent(Float.NaN)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> new Surrogate.Sigmoid(Float.POSITIVE_INFINITY)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> new Surrogate.FastSigmoid(0f)).hasMessageContaining("slope");
    }
}
