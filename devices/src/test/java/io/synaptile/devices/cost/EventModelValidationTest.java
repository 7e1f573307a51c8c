/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import static io.synaptile.testing.Tolerance.againstReferencePercent;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.SplitMix64Stream;
import io.synaptile.devices.validation.ReferenceTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Validation of energies and latency against the reference micro-cases of {@code validation_event_model.csv} (recipe in the README
 * beside it). Counting here is the obvious loop over spikes S and weights W.
 */
class EventModelValidationTest {
    /** 1e-9 relative. */
    private static final double PERCENT = 1e-7;

    @ParameterizedTest
    @MethodSource("cases")
    void countsAreExactAndEnergiesAgree(Case expected) {
        Counts counts = Counts.of(expected);
        counts.checkAgainst(expected);

        PhysicalActivity activity = counts.activity(expected);
        EnergyBreakdown energy =
                EnergyBreakdown.of(activity, EnergyTable.profile("reference-event"), WordWidths.ofAdc(4));
        assertEnergy(energy, EnergyComponent.ROW_ACTIVATION, expected, "row_pJ");
        assertEnergy(energy, EnergyComponent.CELL_READ, expected, "cell_pJ");
        assertEnergy(energy, EnergyComponent.ADC, expected, "adc_pJ");
        assertEnergy(energy, EnergyComponent.COLUMN_MUX, expected, "mux_pJ");
        assertEnergy(energy, EnergyComponent.SHIFT_ADD, expected, "shiftadd_pJ");
        assertEnergy(energy, EnergyComponent.PARTIAL_SUM_ADD, expected, "psum_pJ");
        assertEnergy(energy, EnergyComponent.NEURON_UPDATE, expected, "lif_pJ");
        assertThat(energy.totalPicojoules()).isCloseTo(expected.number("total_pJ"), againstReferencePercent(PERCENT));
        assertThat(energy.unpriced()).isEmpty();
        assertThat(energy.mixesNodes()).isTrue();

        ReadTiming timing = ReadTiming.referenceEvent(expected.whole("mux"));
        double[][] steps = new double[counts.spikes.length][1];
        for (int t = 0; t < steps.length; t++) {
            steps[t][0] = LatencyModel.layerStepNanoseconds(counts.anySpike(t) ? 1 : 0, 1, 0, timing);
        }
        assertThat(LatencyModel.sequentialNanoseconds(steps, Dataflow.chain(1)))
                .isCloseTo(expected.number("latency_ns"), againstReferencePercent(PERCENT));
    }

    @Test
    void firstCaseHasThePrintedMatrices() {
        Counts counts = Counts.of(cases().getFirst());
        assertThat(counts.weights).isDeepEqualTo(new int[][] {
            {1, 0, 3, 1},
            {-2, 0, 3, 0},
            {-2, 0, -3, 2},
            {-1, -1, -1, 0},
            {2, 2, 0, -3},
            {-3, -3, -3, 1},
            {3, 3, -1, -2},
            {0, -1, 2, 0}
        });
        assertThat(counts.spikes)
                .isDeepEqualTo(
                        new int[][] {{0, 0, 0, 1, 0, 1, 1, 1}, {0, 1, 0, 0, 0, 0, 1, 1}, {1, 1, 1, 0, 1, 0, 1, 0}});
    }

    private static void assertEnergy(EnergyBreakdown energy, EnergyComponent component, Case expected, String column) {
        assertThat(energy.of(component))
                .as(column)
                .isCloseTo(expected.number(column), againstReferencePercent(PERCENT));
    }

    static List<Case> cases() {
        return ReferenceTable.included("validation_event_model.csv").stream()
                .map(row -> new Case(row.columns()))
                .toList();
    }

    /** One row of the file. */
    record Case(Map<String, String> row) {
        double number(String column) {
            return Double.parseDouble(row.get(column));
        }

        int whole(String column) {
            return Integer.parseInt(row.get(column));
        }

        @Override
        public String toString() {
            return row.get("case");
        }
    }

    /** Everything that is counted, by loops over S and W. */
    private static final class Counts {
        private int[][] weights;
        private int[][] spikes;
        private int slices;
        private int rowTiles;
        private int columnTiles;
        private int physicalColumns;
        private long spikeCount;
        private long nonzeroWeights;
        private long effectiveAcs;
        private long rowActivations;
        private long arrayReads;
        private long conversions;
        private long shiftAdds;
        private long partialSumAdds;
        private double drivenMicrosiemens;

        static Counts of(Case c) {
            Counts n = new Counts();
            int inputs = c.whole("in_");
            int outputs = c.whole("out");
            int steps = c.whole("T");
            int rows = c.whole("array_rows");
            int magnitudeBits = c.whole("weight_mag_bits");
            int cellBits = c.whole("cell_bits");
            int planes = c.whole("planes");
            n.slices = Math.ceilDiv(magnitudeBits, cellBits);
            n.rowTiles = Math.ceilDiv(inputs, rows);
            n.columnTiles = Math.ceilDiv(outputs, c.whole("array_cols") / (planes * n.slices));
            n.physicalColumns = outputs * planes * n.slices;

            int fullScale = (1 << magnitudeBits) - 1;
            SplitMix64Stream weightStream = new SplitMix64Stream(c.whole("seed"));
            n.weights = new int[inputs][outputs];
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    n.weights[i][o] = (int) Math.floor(weightStream.nextUniform() * (2 * fullScale + 1)) - fullScale;
                    n.nonzeroWeights += n.weights[i][o] != 0 ? 1 : 0;
                }
            }
            SplitMix64Stream spikeStream = new SplitMix64Stream(c.whole("seed") + 1);
            n.spikes = new int[steps][inputs];
            for (int t = 0; t < steps; t++) {
                for (int i = 0; i < inputs; i++) {
                    n.spikes[t][i] = spikeStream.nextUniform() < c.number("spike_prob") ? 1 : 0;
                }
            }

            double gMax = 1e6 / c.number("r_on");
            double gMin = 1e6 / c.number("r_off");
            int codes = (1 << cellBits) - 1;
            for (int t = 0; t < steps; t++) {
                int activeTiles = 0;
                for (int tile = 0; tile < n.rowTiles; tile++) {
                    int active = 0;
                    for (int i = tile * rows; i < Math.min(inputs, (tile + 1) * rows); i++) {
                        if (n.spikes[t][i] == 0) {
                            continue;
                        }
                        active++;
                        for (int o = 0; o < outputs; o++) {
                            n.effectiveAcs += n.weights[i][o] != 0 ? 1 : 0;
                            for (int plane = 0; plane < planes; plane++) {
                                int magnitude = Math.max(0, plane == 0 ? n.weights[i][o] : -n.weights[i][o]);
                                for (int slice = 0; slice < n.slices; slice++) {
                                    int code = magnitude >> slice * cellBits & codes;
                                    n.drivenMicrosiemens += gMin + (gMax - gMin) * code / codes;
                                }
                            }
                        }
                    }
                    n.spikeCount += active;
                    n.rowActivations += (long) active * n.columnTiles;
                    if (active > 0) {
                        activeTiles++;
                        n.arrayReads += n.columnTiles;
                        n.conversions += n.physicalColumns;
                        n.shiftAdds += (long) outputs * (planes * n.slices - 1);
                    }
                }
                n.partialSumAdds += (long) Math.max(0, activeTiles - 1) * outputs;
            }
            return n;
        }

        boolean anySpike(int t) {
            for (int spike : spikes[t]) {
                if (spike != 0) {
                    return true;
                }
            }
            return false;
        }

        void checkAgainst(Case c) {
            assertThat(slices).isEqualTo(c.whole("slices"));
            assertThat(rowTiles).isEqualTo(c.whole("row_tiles"));
            assertThat(columnTiles).isEqualTo(c.whole("col_tiles"));
            assertThat(rowTiles * columnTiles).isEqualTo(c.whole("arrays"));
            assertThat(physicalColumns).isEqualTo(c.whole("phys_cols"));
            assertThat(spikeCount).isEqualTo(c.whole("spikes"));
            assertThat(nonzeroWeights).isEqualTo(c.whole("nonzero_weights"));
            assertThat(effectiveAcs).isEqualTo(c.whole("eff_acs"));
            assertThat(c.whole("in_") * c.whole("out") * c.whole("T")).isEqualTo(c.whole("dense_synops"));
            assertThat(rowActivations).isEqualTo(c.whole("row_activations"));
            assertThat(arrayReads).isEqualTo(c.whole("array_reads"));
            assertThat(conversions).isEqualTo(c.whole("adc_conversions"));
            assertThat(shiftAdds).isEqualTo(c.whole("shift_adds"));
            assertThat(partialSumAdds).isEqualTo(c.whole("psum_adds"));
        }

        PhysicalActivity activity(Case c) {
            return PhysicalActivity.builder()
                    .addDrivenRows(rowActivations, c.whole("array_cols"))
                    .add(ActivityCount.DRIVEN_MICROSIEMENS, drivenMicrosiemens)
                    .add(ActivityCount.ARRAY_READS, arrayReads)
                    .add(ActivityCount.ADC_CONVERSIONS, conversions)
                    .add(ActivityCount.MUX_SWITCHES, conversions)
                    .add(ActivityCount.SHIFT_ADDS, shiftAdds)
                    .add(ActivityCount.PARTIAL_SUM_ADDS, partialSumAdds)
                    .add(ActivityCount.NEURON_UPDATES, (double) c.whole("out") * c.whole("T"))
                    .build();
        }
    }
}
