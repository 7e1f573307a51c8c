/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.reports.table.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/** How a distribution is written into a table. */
public enum Form {
    /** Mean and standard deviation. */
    NORMAL,
    /** Quantiles, which also hold the long tails of early relaxation. */
    QUANTILES;

    /** Of a normal distribution these are about 2.3, 1.6 and 1 standard deviations on either side. */
    private static final double[] PERCENT = {1, 5, 16, 50, 84, 95, 99};

    private static final Quantile QUANTILE = Quantile.withDefaults();

    /** Names of the columns, of which mean and deviation differ between tables. */
    String columns(String mean, String deviation) {
        return switch (this) {
            case NORMAL -> mean + "_uS," + deviation + "_uS";
            case QUANTILES ->
                Arrays.stream(PERCENT)
                        .mapToObj(percent -> String.format(Locale.ROOT, "q%02d_uS", (int) percent))
                        .collect(Collectors.joining(","));
        };
    }

    /** Values of these columns, uS. */
    String values(double[] sample) {
        DoubleStream values = switch (this) {
            case NORMAL -> DoubleStream.of(mean(sample), deviation(sample));
            case QUANTILES ->
                Arrays.stream(QUANTILE.evaluate(
                        sample,
                        Arrays.stream(PERCENT).map(percent -> percent / 100).toArray()));
        };
        return values.mapToObj(value -> Numbers.exact(rounded(value))).collect(Collectors.joining(","));
    }

    /** Four digits, more than any of these measurements has. */
    static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(4)).doubleValue();
    }

    static double mean(double[] sample) {
        return Mean.of(sample).getAsDouble();
    }

    static double deviation(double[] sample) {
        return StandardDeviation.of(sample).getAsDouble();
    }
}
