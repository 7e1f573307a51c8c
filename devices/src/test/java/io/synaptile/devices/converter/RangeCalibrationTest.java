/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeCalibrationTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void quantilesAgreeWithSortedSamples(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float scale = (float) Math.scalb(1d, random.nextInt(-40, 40));
        float[] sums = new float[random.nextInt(1, 20_000)];
        RangeCalibration calibration = new RangeCalibration();
        for (int i = 0; i < sums.length; i++) {
            sums[i] = scale * (float) Math.exp(random.nextGaussian());
            calibration.add(sums[i]);
        }
        Arrays.sort(sums);
        float maximum = sums[sums.length - 1];
        assertThat(calibration.maximum()).isEqualTo(maximum);
        for (double percentile : new double[] {0.01, 1, 50, 90, 99, 99.9, 100}) {
            float exact = sums[(int) Math.ceil(percentile * sums.length / 100 - 1e-6) - 1];
            assertThat(calibration.quantile(percentile))
                    .as("seed %d percentile %s", seed, percentile)
                    .isBetween(exact, Math.nextUp(exact + maximum / 4096));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void orderAndSplittingDoNotMatter(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RangeCalibration forward = new RangeCalibration();
        RangeCalibration backward = new RangeCalibration();
        RangeCalibration left = new RangeCalibration();
        RangeCalibration right = new RangeCalibration();
        float[] sums = new float[3000];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = random.nextInt(4) == 0 ? 0f : (float) Math.exp(4 * random.nextGaussian());
        }
        for (int i = 0; i < sums.length; i++) {
            forward.add(sums[i]);
            backward.add(sums[sums.length - 1 - i]);
            (i % 3 == 0 ? left : right).add(sums[i]);
        }
        left.add(right);
        left.add(new RangeCalibration());
        RangeCalibration merged = new RangeCalibration();
        merged.add(left);
        for (double percentile = 0.5; percentile <= 100; percentile += 0.5) {
            float quantile = forward.quantile(percentile);
            assertThat(backward.quantile(percentile)).isEqualTo(quantile);
            assertThat(merged.quantile(percentile)).isEqualTo(quantile);
        }
        assertThat(merged.samples()).isEqualTo(3000);
    }

    @Test
    void converterEndsAtThePercentile() {
        RangeCalibration calibration = new RangeCalibration();
        for (int i = 1; i <= 9990; i++) {
            calibration.add(1f);
        }
        for (int i = 1; i <= 10; i++) {
            calibration.add(100f);
        }
        AdcSpec adc = calibration.converter(4, RangeCalibration.DEFAULT_PERCENTILE);
        assertThat(adc.bits()).isEqualTo(4);
        assertThat(adc.low()).isZero();
        assertThat(adc.high()).isBetween(1f, 1f + 100f / 4096);
        assertThat(calibration.converter(4, 100).high()).isEqualTo(100f);
    }

    /** No other end loses less, but for the spacing of the ends that are tried. */
    @ParameterizedTest
    @CsvSource({"1, 3", "2, 4", "3, 4", "4, 6", "5, 8", "6, 1"})
    void leastSquaresBeatsEveryOtherEnd(long seed, int bits) {
        SplittableRandom random = new SplittableRandom(seed);
        RangeCalibration calibration = new RangeCalibration();
        float[] sums = new float[5000];
        for (int i = 0; i < sums.length; i++) {
            boolean whole = seed % 2 == 0;
            double sum = -Math.log(1 - random.nextDouble()) * 7;
            sums[i] = (float) (random.nextInt(3) == 0 ? 0 : whole ? Math.floor(sum) : sum);
            calibration.add(sums[i]);
        }
        AdcSpec best = calibration.leastSquares(bits);
        double least = squaredError(best, sums);
        assertThat(best.low()).isZero();
        assertThat(best.high()).isLessThanOrEqualTo(calibration.maximum());
        for (double percentile : new double[] {90, 99, 99.9, 100}) {
            assertThat(least).isLessThanOrEqualTo(1.01 * squaredError(calibration.converter(bits, percentile), sums));
        }
        for (int i = 1; i <= 500; i++) {
            AdcSpec other = new AdcSpec(bits, 0f, calibration.maximum() * i / 500);
            assertThat(least).isLessThanOrEqualTo(1.01 * squaredError(other, sums));
        }
    }

    private static double squaredError(AdcSpec adc, float[] sums) {
        double error = 0;
        for (float sum : sums) {
            error += (adc.quantise(sum) - sum) * (double) (adc.quantise(sum) - sum);
        }
        return error;
    }

    @Test
    void wholeSumsThatFitTheCodesLoseNothing() {
        RangeCalibration forward = new RangeCalibration();
        RangeCalibration backward = new RangeCalibration();
        RangeCalibration odd = new RangeCalibration();
        RangeCalibration merged = new RangeCalibration();
        for (int i = 0; i <= 63; i++) {
            forward.add(i);
            backward.add(63 - i);
            (i % 2 == 0 ? merged : odd).add(i);
        }
        merged.add(odd);
        AdcSpec adc = forward.leastSquares(6);
        assertThat(adc.high()).isEqualTo(63f);
        assertThat(backward.leastSquares(6)).isEqualTo(adc);
        assertThat(merged.leastSquares(6)).isEqualTo(adc);
    }

    @Test
    void rarelyActiveColumnsKeepTheirLargestSum() {
        RangeCalibration calibration = new RangeCalibration();
        for (int i = 0; i < 100_000; i++) {
            calibration.add(0f);
        }
        calibration.add(3f);
        assertThat(calibration.converter(6, 99.9).high()).isEqualTo(3f);
    }

    @Test
    void silenceAndBadSumsAreRefused() {
        RangeCalibration calibration = new RangeCalibration();
        assertThatThrownBy(() -> calibration.quantile(50)).isInstanceOf(IllegalStateException.class);
        calibration.add(0f);
        assertThatThrownBy(() -> calibration.converter(6, 99.9))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no column sum above 0");
        assertThatThrownBy(() -> calibration.leastSquares(6))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no column sum above 0");
        assertThatThrownBy(() -> calibration.add(-1f)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calibration.add(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calibration.quantile(0))
                .hasMessage("percentile must be above 0 and at most 100, got 0.0");
        assertThat(calibration.samples()).isEqualTo(1);
    }
}
