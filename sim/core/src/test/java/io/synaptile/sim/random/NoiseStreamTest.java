/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.random;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseStreamTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 17, 1023})
    void aWordDependsOnItsPlaceAlone(long position) {
        NoiseStream walked = NoiseStream.of(42, Purpose.TEST, 3, 7, 11);
        for (long i = 0; i < position; i++) {
            walked.nextInt();
        }
        NoiseStream sought = NoiseStream.of(42, Purpose.TEST, 3, 7, 11);
        sought.nextGaussian();
        sought.seek(position);
        assertThat(sought.nextInt()).isEqualTo(walked.nextInt());
        assertThat(sought.nextInt()).isEqualTo(walked.nextInt());
    }

    @Test
    void everyPartOfTheAddressSelectsAnotherStream() {
        int first = NoiseStream.of(1, Purpose.TEST, 0, 0, 0).nextInt();
        assertThat(NoiseStream.of(2, Purpose.TEST, 0, 0, 0).nextInt()).isNotEqualTo(first);
        assertThat(NoiseStream.of(1L << 32 | 1, Purpose.TEST, 0, 0, 0).nextInt())
                .isNotEqualTo(first);
        assertThat(NoiseStream.of(1, Purpose.READ_NOISE, 0, 0, 0).nextInt()).isNotEqualTo(first);
        assertThat(NoiseStream.of(1, Purpose.TEST, 1, 0, 0).nextInt()).isNotEqualTo(first);
        assertThat(NoiseStream.of(1, Purpose.TEST, 0, 1, 0).nextInt()).isNotEqualTo(first);
        assertThat(NoiseStream.of(1, Purpose.TEST, 0, 0, 1).nextInt()).isNotEqualTo(first);
    }

    @Test
    void purposesHaveCodesOfTheirOwn() {
        assertThat(java.util.Arrays.stream(Purpose.values()).map(Purpose::code)).doesNotHaveDuplicates();
    }

    @Test
    void uniformsFillTheUnitInterval() {
        NoiseStream stream = NoiseStream.of(5, Purpose.TEST, 0, 0, 0);
        int draws = 1_000_000;
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            float u = stream.nextFloat();
            assertThat(u).isGreaterThanOrEqualTo(0f).isLessThan(1f);
            sum += u;
        }
        // Standard error of the mean of a uniform: sqrt(1 / 12 / draws).
        assertThat(sum / draws).isCloseTo(0.5, againstDistribution(4 * Math.sqrt(1.0 / 12 / draws)));
    }

    @Test
    void sequentialNormalsAreStandard() {
        NoiseStream stream = NoiseStream.of(6, Purpose.TEST, 0, 0, 0);
        assertStandard(1_000_000, _ -> stream.nextGaussian());
    }

    @Test
    void placedNormalsAreStandard() {
        float[] normals = new float[1_000_000];
        NoiseStream.of(7, Purpose.TEST, 0, 0, 0).gaussiansAt(12345, normals, normals.length);
        assertStandard(normals.length, i -> normals[i]);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 6, 1_000_003})
    void placedNormalsDoNotDependOnWhereTheBlockBegins(long first) {
        NoiseStream stream = NoiseStream.of(8, Purpose.TEST, 0, 0, 0);
        float[] together = new float[11];
        stream.gaussiansAt(first, together, together.length);
        for (int i = 0; i < together.length; i++) {
            float[] alone = new float[1];
            stream.gaussiansAt(first + i, alone, 1);
            assertThat(alone[0]).isEqualTo(together[i]);
        }
    }

    @Test
    void placedNormalsInAnyOrderAreThoseOfTheStreamTheObjectIsAt() {
        NoiseStream moving = NoiseStream.of(8, Purpose.TEST, 0, 1, 2);
        NoiseStream order = NoiseStream.of(8, Purpose.TEST, 3, 0, 0);
        int at = 0;
        for (int i = 0; i < 400; i++) {
            if (order.nextInt(4) == 0) {
                at = order.nextInt(3);
                moving.moveTo(Purpose.TEST, at, 1, 2);
            }
            int first = order.nextInt(2000);
            float[] normals = new float[1 + order.nextInt(300)];
            moving.gaussiansAt(first, normals, normals.length);
            float[] fresh = new float[normals.length];
            NoiseStream.of(8, Purpose.TEST, at, 1, 2).gaussiansAt(first, fresh, fresh.length);
            assertThat(normals).isEqualTo(fresh);
        }
    }

    /** Words of the stream one by one, in double precision. */
    @ParameterizedTest
    @ValueSource(longs = {0, 5, 254, 4_000_000_001L})
    void placedNormalsAreTheBoxMullerPairsOfTheWords(long first) {
        NoiseStream stream = NoiseStream.of(0x123456789ABCDEFL, Purpose.TEST, 77, -5, 1L << 31);
        float[] normals = new float[3000];
        stream.gaussiansAt(first, normals, normals.length);
        for (int i = 0; i < normals.length; i++) {
            long place = first + i;
            stream.seek(place & ~1);
            double u = ((stream.nextInt() >>> 8) + 1) * 0x1p-24;
            double angle = 2 * Math.PI * (stream.nextInt() >>> 8) * 0x1p-24;
            double expected = Math.sqrt(-2 * Math.log(u)) * ((place & 1) == 0 ? Math.cos(angle) : Math.sin(angle));
            assertThat((double) normals[i]).isCloseTo(expected, againstReference(1e-6));
        }
    }

    @Test
    void aPlaceOutsideTheStreamIsRefused() {
        assertThatThrownBy(() -> NoiseStream.of(1, Purpose.TEST, -1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        NoiseStream stream = NoiseStream.of(1, Purpose.TEST, 0, 0, 0);
        assertThatThrownBy(() -> stream.seek(1L << 34)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertStandard(int draws, java.util.function.IntToDoubleFunction normal) {
        double sum = 0;
        double squares = 0;
        double cubes = 0;
        for (int i = 0; i < draws; i++) {
            double x = normal.applyAsDouble(i);
            sum += x;
            squares += x * x;
            cubes += x * x * x;
        }
        assertThat(sum / draws).isCloseTo(0, againstDistribution(4 / Math.sqrt(draws)));
        assertThat(squares / draws).isCloseTo(1, againstDistribution(4 * Math.sqrt(2.0 / draws)));
        assertThat(cubes / draws).isCloseTo(0, againstDistribution(4 * Math.sqrt(15.0 / draws)));
    }
}
