/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstDistribution;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogNormalPerturbationTest {
    private static final Saturation NONE = new Saturation.None();
    private static final Saturation PUBLISHED = new Saturation.SignedExtremes();
    private static final Saturation SYMMETRIC = new Saturation.Symmetric(1f);

    @Test
    void vectorRram2bit() {
        float[] w = {1, -1, 0.5f, -0.5f};
        double[] z = {0.5, -1, 2, 0.3};
        double sigma = LogNormalPerturbation.sigma(2);
        assertThat(varied(w, z, sigma, PUBLISHED))
                .containsExactly(new float[] {1, -0.882126f, 0.642552f, -0.519171f}, againstReference(1e-5f));
        assertThat(varied(w, z, sigma, NONE))
                .containsExactly(new float[] {1.064718f, -0.882126f, 0.642552f, -0.519171f}, againstReference(1e-5f));
    }

    @Test
    void vectorRram4bitAsymmetricMax() {
        float[] w = {0.5f, -1, 0.125f, -0.125f};
        double[] z = {1.5, 0.7, -0.4, -2};
        double sigma = LogNormalPerturbation.sigma(4);
        assertThat(varied(w, z, sigma, PUBLISHED))
                .containsExactly(new float[] {0.5f, -0.5f, 0.108845f, -0.062575f}, againstReference(1e-5f));
        assertThat(varied(w, z, sigma, SYMMETRIC))
                .containsExactly(new float[] {0.840135f, -1, 0.108845f, -0.062575f}, againstReference(1e-5f));
        assertThat(varied(w, z, sigma, NONE))
                .containsExactly(new float[] {0.840135f, -1.274022f, 0.108845f, -0.062575f}, againstReference(1e-5f));
    }

    @Test
    void theLayersOwnMaximumCapsBothSigns() {
        float[] w = {0.4f, -0.4f, 0.4f, 0f};
        double[] z = {1, 1, -1, 3};
        assertThat(varied(w, z, 0.1, new Saturation.LayerMaximum()))
                .containsExactly(new float[] {0.4f, -0.4f, 0.361935f, 0f}, againstClosedForm(1e-6f));
    }

    @Test
    void vectorRram1bitAtTwiceTheSigma() {
        assertThat(varied(
                        new float[] {1, -1, 1},
                        new double[] {1, -1, -2},
                        2 * LogNormalPerturbation.sigma(1),
                        PUBLISHED))
                .containsExactly(new float[] {1, -0.849353f, 0.721401f}, againstReference(1e-5f));
    }

    @Test
    void vectorRramAllPositive() {
        float[] w = {0.5f, 0.125f, 0.25f};
        assertThat(varied(w, new double[] {-1, -2, 3}, LogNormalPerturbation.sigma(4), PUBLISHED))
                .containsExactly(new float[] {0.353767f, 0.125f, 0.5f}, againstReference(1e-5f));
    }

    /**
     * Moments of the specification's table for 100,000 weights at full scale; bounds of four standard errors, that of the
     * deviation taken from the fourth moment being below {@code 3 * deviation / sqrt(n)}.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 1.003338, 0.082049, 0.969027, 0.044443",
        "2, 1.007896, 0.126909, 0.953650, 0.065853",
        "3, 1.021487, 0.212889, 0.927306, 0.101523",
        "4, 1.061675, 0.378578, 0.887174, 0.153417",
        "8, 1.070467, 0.408884, 0.881139, 0.160967"
    })
    void momentsAreThoseOfTheLogNormal(int bits, double mean, double deviation, double cappedMean, double cappedSd) {
        int n = 100_000;
        float[] w = new float[n];
        Arrays.fill(w, 1f);
        float[] out = new float[n];
        RandomGenerator random = NoiseStream.of(5, Purpose.TEST, bits, 0, 0);
        new LogNormalPerturbation(LogNormalPerturbation.sigma(bits), NONE).perturb(w, out, random);
        assertMoments(out, mean, deviation);
        LogNormalPerturbation.rram(bits, 1).perturb(w, out, NoiseStream.of(6, Purpose.TEST, bits, 0, 0));
        assertMoments(out, cappedMean, cappedSd);
    }

    @Test
    void scaleZeroIsNoVariation() {
        float[] w = {1f, -0.125f, 0.5f, 0f};
        float[] out = new float[4];
        LogNormalPerturbation.rram(4, 0).perturb(w, out, NoiseStream.of(1, Purpose.TEST, 0, 0, 0));
        assertThat(out).containsExactly(w);
    }

    @Test
    void widthWithoutAMeasuredSigmaIsRefused() {
        assertThatThrownBy(() -> LogNormalPerturbation.rram(5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1, 2, 3, 4 and 8 bits, got 5");
        assertThatThrownBy(() -> LogNormalPerturbation.rram(4, -1)).hasMessageContaining("sigma must be at least 0");
    }

    private static void assertMoments(float[] values, double mean, double deviation) {
        int n = values.length;
        double sum = 0;
        for (float v : values) {
            sum += v;
        }
        double found = sum / n;
        double squares = 0;
        for (float v : values) {
            squares += (v - found) * (v - found);
        }
        double error = deviation / Math.sqrt(n);
        assertThat(found).isEqualTo(mean, againstDistribution(4 * error));
        assertThat(Math.sqrt(squares / (n - 1))).isEqualTo(deviation, againstDistribution(4 * 3 * error));
    }

    private static float[] varied(float[] weights, double[] z, double sigma, Saturation saturation) {
        float[] out = new float[weights.length];
        new LogNormalPerturbation(sigma, saturation).perturb(weights, out, new Normals(z));
        return out;
    }

    /** Hands out given normals in order. */
    private static final class Normals implements RandomGenerator {
        private final double[] values;
        private int next;

        Normals(double[] values) {
            this.values = values;
        }

        @Override
        public double nextGaussian() {
            return values[next++];
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("only normals are drawn");
        }
    }
}
