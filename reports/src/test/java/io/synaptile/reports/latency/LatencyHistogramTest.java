/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.latency;

import static io.synaptile.testing.Tolerance.againstClosedFormPercent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.reports.table.LatencyRow;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void percentilesOfHostTimesAreInMicroseconds() {
        LatencyHistogram histogram = new LatencyHistogram(LatencyHistogram.Kind.HOST);
        for (int i = 1; i <= 1000; i++) {
            histogram.record(i * 1000.0);
        }
        assertThat(histogram.rows(2))
                .extracting(LatencyRow::statistic)
                .containsExactly("p50", "p90", "p99", "p99.9", "max", "mean", "count");
        double[] expected = {500, 900, 990, 999, 1000, 500.5, 1000};
        for (int i = 0; i < expected.length; i++) {
            LatencyRow row = histogram.rows(2).get(i);
            assertThat(row.kind()).isEqualTo("host_latency_us");
            assertThat(row.point()).isEqualTo(2);
            assertThat(row.value()).isCloseTo(expected[i], againstClosedFormPercent(0.1));
        }
    }

    @Test
    void fractionsOfANanosecondAreKept() {
        LatencyHistogram histogram = new LatencyHistogram(LatencyHistogram.Kind.CHIP);
        histogram.record(0.5);
        assertThat(histogram.rows(0).getFirst()).isEqualTo(new LatencyRow(0, "chip_latency_ns", "p50", 0.5));
    }

    @Test
    void histogramsOfThreadsAreMerged() {
        LatencyHistogram sum = new LatencyHistogram(LatencyHistogram.Kind.CHIP);
        LatencyHistogram part = new LatencyHistogram(LatencyHistogram.Kind.CHIP);
        part.record(10);
        sum.record(20);
        sum.merge(part);
        assertThat(sum.count()).isEqualTo(2);
        assertThatThrownBy(() -> sum.merge(new LatencyHistogram(LatencyHistogram.Kind.HOST)))
                .hasMessage("cannot merge host_latency_us into chip_latency_ns");
    }

    @Test
    void impossibleLatenciesAreRefusedAndNoneGiveNoRows() {
        LatencyHistogram histogram = new LatencyHistogram(LatencyHistogram.Kind.HOST);
        assertThatThrownBy(() -> histogram.record(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> histogram.record(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(histogram.rows(0)).isEmpty();
    }
}
