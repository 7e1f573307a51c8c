/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstIdentity;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.readout.ArrayCells;
import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.devices.readout.NodalReadout;
import io.synaptile.devices.readout.ReadableArray;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.WireSpec;
import io.synaptile.mapping.calibration.RangeCalibrator;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.sim.compute.ArrayReads;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.spikes.Encoder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrays of a chip behind a read-out of arrays. */
class ReadArraysTest {
    private static final int ROWS = 11;
    private static final int OUTPUTS = 7;
    private static final ExactCell CELL = new ExactCell(2f, 40f, 32);
    private static final Network NETWORK = Cases.dense(ROWS, OUTPUTS);
    private static final ArrayReadout OHMIC = new NodalReadout(new WireModel(Topology.Z, 0, 0));

    private static HardwareSpec hardware(CodecKind codec, Readout readout) {
        return Hardware.allOnTiles(NETWORK, 4, 9, codec, 4, CELL, readout);
    }

    private static ChipDesign design(HardwareSpec hardware) {
        return ChipDesign.of(NETWORK, hardware, Hardware.weights(NETWORK, 4, Cases.random(11)));
    }

    private static LayerArrays plan(ChipDesign design, int instance) {
        return DeployedNetwork.of(design, TileProgrammer.program(design, 1, instance), Parameters.none(), Map.of())
                .plan()
                .synapses()
                .get(0)
                .arrays()
                .orElseThrow()
                .first();
    }

    /** Three reads of a row tile with one to all of its rows driven. */
    private static ArrayReads reads(LayerArrays arrays, int tile, long sample) {
        RandomGenerator random = Cases.random(sample);
        int first = arrays.grid().firstRow(tile);
        int all = arrays.grid().endRow(tile) - first;
        int[] counts = {1, (all + 1) / 2, all};
        int[] start = {0, 1, 1 + counts[1], 1 + counts[1] + all};
        int[] row = new int[start[3]];
        float[] input = new float[row.length];
        for (int i = 0; i < counts.length; i++) {
            for (int k = 0; k < counts[i]; k++) {
                row[start[i] + k] = first + k;
                input[start[i] + k] = (1 + random.nextInt(4)) / 4f;
            }
        }
        return new ArrayReads(sample, 0, new int[] {0, 1, 1}, new int[3], start, row, input);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SHIFTED_SRAM"})
    void arraysThatOnlyAddGiveTheSumsOfTheCells(CodecKind codec) {
        HardwareSpec hardware = hardware(codec, new Readout.Ideal()).withArrays(OHMIC);
        ChipDesign design = codec == CodecKind.RRAM_PLUS_SHIFTED_SRAM ? hybrid(hardware) : design(hardware);
        LayerArrays tiles = plan(design, 0);
        for (int tile = 0; tile < tiles.grid().rowTiles(); tile++) {
            ArrayReads reads = reads(tiles, tile, 5);
            float[] sums = new float[reads.count() * tiles.cells().count() * OUTPUTS];
            tiles.circuit().reader().orElseThrow().read(tile, reads, sums);
            for (int i = 0; i < sums.length; i++) {
                int read = i / OUTPUTS / tiles.cells().count();
                float[] plane =
                        tiles.cells().values()[i / OUTPUTS % tiles.cells().count()];
                double expected = 0;
                for (int e = reads.start()[read]; e < reads.start()[read + 1]; e++) {
                    expected += (double) reads.input()[e] * plane[reads.row()[e] * OUTPUTS + i % OUTPUTS];
                }
                assertThat(sums[i]).as("%s, entry %d", codec, i).isCloseTo((float) expected, againstReference(2e-5f));
            }
        }
    }

    private static ChipDesign hybrid(HardwareSpec hardware) {
        RandomGenerator random = Cases.random(3);
        SramBranch words = new SramBranch(Cases.quantised(2, ROWS * OUTPUTS, random), 2, 0, 2f, false, 0);
        return ChipDesign.of(NETWORK, hardware, Hardware.weights(NETWORK, 4, random), Map.of(0, words));
    }

    @ParameterizedTest
    @EnumSource(
            value = Topology.class,
            names = {"A", "Z", "B"})
    void nodalArraysAreTheExactWires(Topology topology) {
        WireModel wires =
                new WireModel(topology, topology == Topology.A ? 150 : 0, 300, topology == Topology.B ? 0 : 500, 700);
        HardwareSpec plain = hardware(CodecKind.DIFFERENTIAL_PAIR, new Readout.Ideal());
        RandomGenerator random = Cases.random(8);
        float[] image = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            image[row] = (random.nextInt(5) - 2) / 2f;
        }
        float[] nodal = scores(plain.withArrays(new NodalReadout(wires)), image);
        float[] wired = scores(plain.withWires(new WireSpec(wires, WireSpec.Solver.EXACT, 0)), image);
        assertThat(nodal).containsExactly(wired, againstReference(1e-5f));
        assertThat(nodal).isNotEqualTo(scores(plain, image));
    }

    private static float[] scores(HardwareSpec hardware, float[] image) {
        ChipDesign design = design(hardware);
        return DeployedOnBackendTest.scores(
                DeployedNetwork.of(design, TileProgrammer.program(design, 1, 0), Parameters.none(), Map.of())
                        .plan(),
                image);
    }

    /** Remembers the keys of its reads. */
    private static final class Remembering implements ArrayReadout {
        final Set<Long> keys = ConcurrentHashMap.newKeySet();

        @Override
        public String id() {
            return "remembering";
        }

        @Override
        public boolean noisy() {
            return true;
        }

        @Override
        public ReadableArray open(ArrayCells cells) {
            return (RowReads reads, float[] _) -> {
                for (long key : reads.key()) {
                    keys.add(key);
                }
            };
        }
    }

    private static Set<Long> keys(int instance, long sample) {
        Remembering readout = new Remembering();
        HardwareSpec hardware =
                hardware(CodecKind.DIFFERENTIAL_PAIR, new Readout.Ideal()).withArrays(readout);
        LayerArrays arrays = plan(design(hardware), instance);
        for (int tile = 0; tile < arrays.grid().rowTiles(); tile++) {
            ArrayReads reads = reads(arrays, tile, sample);
            float[] sums = new float[reads.count() * arrays.cells().count() * OUTPUTS];
            arrays.circuit().reader().orElseThrow().read(tile, reads, sums);
        }
        return readout.keys;
    }

    @Test
    void everyReadHasAKeyOfItsOwnThatRepeats() {
        Set<Long> all = new HashSet<>();
        int drawn = 0;
        for (int instance = 0; instance < 3; instance++) {
            for (long sample = 0; sample < 40; sample++) {
                Set<Long> own = keys(instance, sample);
                assertThat(own).isEqualTo(keys(instance, sample));
                // Reads 0 and 1 of three have different steps, 1 and 2 the same address; two column tiles, three row
                // tiles.
                assertThat(own).hasSize(2 * 2 * 3);
                drawn += own.size();
                all.addAll(own);
            }
        }
        assertThat(all).hasSize(drawn);
    }

    /** Gives a share of what the cells conduct. */
    private record Share(float share) implements ArrayReadout {
        @Override
        public String id() {
            return "share";
        }

        @Override
        public ReadableArray open(ArrayCells cells) {
            ReadableArray whole = OHMIC.open(cells);
            return (reads, currents) -> {
                whole.read(reads, currents);
                for (int i = 0; i < currents.length; i++) {
                    currents[i] *= share;
                }
            };
        }
    }

    @Test
    void calibrationSeesWhatTheArraysGive() {
        Readout adc = new Readout.Adc(6, 8, 100);
        // Without conductance at Gmin a share of the current is that share of the sum.
        HardwareSpec plain =
                Hardware.allOnTiles(NETWORK, 4, 9, CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(0f, 40f, 32), adc);
        float[] images = Cases.real(1f, 4 * ROWS, Cases.random(2));
        InputBatch batch = new InputBatch(images, 4, 1, new Encoder.Direct(), 1, 0, new long[] {0, 1, 2, 3});
        SynapsePlan.Converter[] whole = RangeCalibrator.calibrate(design(plain), Parameters.none(), batch, 2)
                .get(0);
        SynapsePlan.Converter[] half = RangeCalibrator.calibrate(
                        design(plain.withArrays(new Share(0.5f))), Parameters.none(), batch, 2)
                .get(0);
        for (int p = 0; p < whole.length; p++) {
            assertThat(half[p].step()).isCloseTo(whole[p].step() / 2, againstIdentity(1e-6f));
        }
    }

    @Test
    void wiresAndAReadOutOfArraysExcludeEachOther() {
        HardwareSpec wired = hardware(CodecKind.DIFFERENTIAL_PAIR, new Readout.Ideal())
                .withWires(new WireSpec(new WireModel(Topology.B, 0, 1), WireSpec.Solver.EXACT, 0));
        assertThatThrownBy(() -> wired.withArrays(OHMIC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the wires must have no resistance where the array read-out is nodal, which has"
                        + " wires of its own");
    }
}
