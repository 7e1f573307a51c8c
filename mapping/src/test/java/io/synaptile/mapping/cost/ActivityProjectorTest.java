/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.SplitMix64Stream;
import io.synaptile.devices.cost.ActivityCount;
import io.synaptile.devices.cost.ChipTiming;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.devices.sram.SramShiftCell;
import io.synaptile.devices.validation.ReferenceTable;
import io.synaptile.mapping.ChipSpec;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileExecutor;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivityProjectorTest {
    private static final Encoder POISSON = new Encoder.Poisson(2f);
    private static final WordWidths WIDTHS = WordWidths.ofAdc(4);

    /** One row of the reference table. */
    record Case(Map<String, String> row) {
        int count(String column) {
            return Integer.parseInt(row.get(column));
        }

        double value(String column) {
            return Double.parseDouble(row.get(column));
        }

        @Override
        public String toString() {
            return row.get("case");
        }
    }

    static Stream<Case> cases() {
        return ReferenceTable.included("validation_event_model.csv").stream().map(row -> new Case(row.columns()));
    }

    private static Network network(int in, int out) {
        NetworkBuilder builder = new NetworkBuilder("micro", Shape.features(in));
        builder.add("fc", new Layer.Dense(out));
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static ChipDesign design(Case c, Network network, boolean skipEmpty) {
        int magnitude = (1 << c.count("weight_mag_bits") + 1) - 1;
        int steps = (1 << c.count("weight_mag_bits")) - 1;
        SplitMix64Stream stream = new SplitMix64Stream(c.count("seed"));
        int in = c.count("in_");
        float[] weights = new float[in * c.count("out")];
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < c.count("out"); o++) {
                weights[o * in + i] = (float) (Math.floor(stream.nextUniform() * magnitude) - steps);
            }
        }
        CellModel cell = new ExactCell(
                (float) (1e6 / c.value("r_off")), (float) (1e6 / c.value("r_on")), 1 << c.count("cell_bits"));
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(c.count("array_rows"), c.count("array_cols")),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, c.count("weight_mag_bits"), cell),
                new Readout.Adc(4, c.count("mux"), 99.9),
                skipEmpty,
                new LayerPlaces(Set.of("fc"), 0));
        return ChipDesign.of(network, hardware, Map.of(0, new LayerWeights(weights, 0)));
    }

    private static LayerActivity[] run(Case c, ChipDesign design) {
        LayerArrays plan = DeployedNetwork.withExactReadout(
                        design, TileProgrammer.program(design, 1, 0), Parameters.none())
                .plan()
                .synapses()
                .get(0)
                .arrays()
                .orElseThrow()
                .first();
        SplitMix64Stream stream = new SplitMix64Stream(c.count("seed") + 1);
        LayerActivity[] activity = new LayerActivity[3];
        for (int i = 0; i < activity.length; i++) {
            activity[i] = new LayerActivity(c.count("T"));
        }
        for (int t = 0; t < c.count("T"); t++) {
            float[] x = new float[c.count("in_")];
            for (int i = 0; i < x.length; i++) {
                x[i] = stream.nextUniform() < c.value("spike_prob") ? 1f : 0f;
            }
            TileExecutor.tiled(design.network().node(0), plan, x, activity[0], t);
        }
        return activity;
    }

    private static ChipTiming timing(int columnsPerAdc) {
        return ChipTiming.profile("reference-event", columnsPerAdc, 4);
    }

    /** Samples that ran each step, where none stopped early. */
    private static long[] all(LayerActivity[] activity, long samples) {
        long[] running = new long[activity[0].timeSteps()];
        Arrays.fill(running, samples);
        return running;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void referenceCasesAreCountedExactly(Case c) {
        ChipDesign design = design(c, network(c.count("in_"), c.count("out")), true);
        LayerTiles tiles = design.tiles().layer(0).orElseThrow();
        assertThat(tiles.rowTiles()).isEqualTo(c.count("row_tiles"));
        assertThat(tiles.columnTiles()).isEqualTo(c.count("col_tiles"));
        assertThat(tiles.tiles()).isEqualTo(c.count("arrays"));
        assertThat(tiles.physicalColumns()).isEqualTo(c.count("phys_cols"));
        assertThat(tiles.columnsPerWeight()).isEqualTo(c.count("planes") * c.count("slices"));

        LayerActivity[] activity = run(c, design);
        ActivityProjector projector = new ActivityProjector(design, POISSON, WIDTHS, 8);
        Map<Integer, PhysicalActivity> counts = projector.project(activity, 1);
        assertThat(counts).containsOnlyKeys(0, 1);
        PhysicalActivity synapses = counts.get(0);
        assertThat(activity[0].events).hasSize(c.count("T"));
        assertThat(Arrays.stream(activity[0].events).sum()).isEqualTo(c.count("spikes"));
        assertThat(synapses.of(ActivityCount.ROW_ACTIVATIONS)).isEqualTo(c.count("row_activations"));
        assertThat(synapses.of(ActivityCount.DRIVEN_CELLS))
                .isEqualTo(c.count("row_activations") * c.count("array_cols"));
        assertThat(synapses.of(ActivityCount.ARRAY_READS)).isEqualTo(c.count("array_reads"));
        assertThat(synapses.of(ActivityCount.ADC_CONVERSIONS)).isEqualTo(c.count("adc_conversions"));
        assertThat(synapses.of(ActivityCount.MUX_SWITCHES)).isEqualTo(c.count("adc_conversions"));
        assertThat(synapses.of(ActivityCount.SHIFT_ADDS)).isEqualTo(c.count("shift_adds"));
        assertThat(synapses.of(ActivityCount.PARTIAL_SUM_ADDS)).isEqualTo(c.count("psum_adds"));
        // 0.1 V for 10 ns over 1 uS is 1e-4 pJ; conductances are kept in float.
        assertThat(synapses.of(ActivityCount.DRIVEN_MICROSIEMENS) * 1e-4)
                .isEqualTo(c.value("cell_pJ"), againstReference(1e-6 * c.value("cell_pJ")));
        assertThat(counts.get(1).of(ActivityCount.NEURON_UPDATES)).isEqualTo(c.count("out") * c.count("T"));
        assertThat(projector.latencyNanoseconds(activity, all(activity, 1), timing(c.count("mux"))))
                .isEqualTo(c.value("latency_ns"), againstReference(1e-9));
    }

    @Test
    void withoutSkippingEveryTileIsReadInEveryPhase() {
        Case c = cases().toList().get(1);
        ChipDesign design = design(c, network(c.count("in_"), c.count("out")), false);
        LayerActivity[] activity = run(c, design);
        ActivityProjector projector = new ActivityProjector(design, POISSON, WIDTHS, 8);
        PhysicalActivity counts = projector.project(activity, 3).get(0);
        // 3 samples, 4 steps, 2 row tiles, 2 phases of the signed input.
        double tileReads = 3 * 4 * 2 * 2;
        assertThat(counts.of(ActivityCount.ARRAY_READS)).isEqualTo(tileReads);
        assertThat(counts.of(ActivityCount.COLUMN_READS)).isEqualTo(tileReads * c.count("phys_cols"));
        assertThat(counts.of(ActivityCount.PARTIAL_SUM_ADDS)).isEqualTo(tileReads / 2 * c.count("out"));
        assertThat(counts.of(ActivityCount.ROW_ACTIVATIONS)).isEqualTo(c.count("row_activations"));
        assertThat(projector.latencyNanoseconds(activity, all(activity, 3), timing(8)))
                .isEqualTo(4 * 2 * 28);
    }

    /** Two row tiles and one column tile of a dense layer are two PEs; 12 positions and phases are read. */
    @Test
    void everyArrayOfADenseLayerIsAProcessingElement() {
        Case c = cases().toList().get(1);
        ChipDesign design = design(c, network(c.count("in_"), c.count("out")), false);
        PhysicalActivity counts = new ActivityProjector(design, POISSON, WIDTHS, 8)
                .project(run(c, design), 3)
                .get(0);
        assertThat(counts.of(ActivityCount.PE_CYCLES)).isEqualTo(3 * 4 * 2 * 2);
        assertThat(counts.of(ActivityCount.COLUMN_CELLS))
                .isEqualTo(counts.of(ActivityCount.COLUMN_READS) * c.count("array_rows"));
    }

    /** One of four steps has no spike; a neuron is touched once where both phases of a position are read. */
    @Test
    void eventUpdatesLeaveOutPositionsWithoutARead() {
        Network network = network(4, 3);
        ChipDesign design = ChipDesign.of(
                network,
                new HardwareSpec(
                        new TileSize(4, 8),
                        new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 1, new ExactCell(0f, 1f, 2)),
                        new Readout.Ideal(),
                        true,
                        new LayerPlaces(Set.of("fc"), 8)),
                Map.of(0, new LayerWeights(new float[12], 0)));
        LayerActivity[] activity = {new LayerActivity(4), new LayerActivity(4), new LayerActivity(4)};
        long[] positions = {1, 2, 0, 1};
        System.arraycopy(positions, 0, activity[0].activePositions, 0, 4);
        System.arraycopy(positions, 0, activity[0].tileReads, 0, 4);
        ActivityProjector projector = new ActivityProjector(
                design, POISSON, WIDTHS, 8, true, ActivityProjector.NeuronUpdates.EVENT, LatchedLayers.NONE);
        assertThat(projector.project(activity, 1).get(1).counts())
                .isEqualTo(Map.of(ActivityCount.NEURON_UPDATES, 9.0, ActivityCount.MEMBRANE_ACCESSES, 18.0));
        assertThat(projector.withSkipEmpty(false).project(activity, 1).get(1).of(ActivityCount.NEURON_UPDATES))
                .isEqualTo(12);
    }

    @Test
    void poweredArraysAreCountedForTheWholeTime() {
        Case c = cases().toList().get(2);
        ChipDesign design = design(c, network(c.count("in_"), c.count("out")), true);
        Map<Integer, PhysicalActivity> powered = new ActivityProjector(design, POISSON, WIDTHS, 8).powered(250);
        double arrays = 250.0 * c.count("arrays");
        assertThat(powered.get(0).counts())
                .isEqualTo(Map.of(
                        ActivityCount.ARRAY_NANOSECONDS,
                        arrays,
                        ActivityCount.CONVERTER_NANOSECONDS,
                        arrays * Math.ceilDiv(c.count("array_cols"), c.count("mux")),
                        ActivityCount.ROW_NANOSECONDS,
                        arrays * c.count("array_rows"),
                        ActivityCount.COLUMN_NANOSECONDS,
                        arrays * c.count("array_cols")));
        assertThat(powered.get(1).counts())
                .isEqualTo(Map.of(ActivityCount.MEMORY_BIT_NANOSECONDS, 250.0 * c.count("out") * WIDTHS.membrane()));
    }

    /** Three samples run the first step, two the second, one the third and none the last. */
    @Test
    void samplesThatStoppedAreNotRead() {
        Case c = cases().toList().get(1);
        ChipDesign design = design(c, network(c.count("in_"), c.count("out")), false);
        LayerActivity[] activity = run(c, design);
        ActivityProjector projector = new ActivityProjector(design, POISSON, WIDTHS, 8);
        long[] running = {3, 2, 1, 0};
        Map<Integer, PhysicalActivity> counts = projector.project(activity, running);
        // 6 steps, 2 row tiles, 2 phases of the signed input.
        assertThat(counts.get(0).of(ActivityCount.ARRAY_READS)).isEqualTo(6 * 2 * 2);
        assertThat(counts.get(1).of(ActivityCount.NEURON_UPDATES)).isEqualTo(6 * c.count("out"));
        assertThat(projector.latencyNanoseconds(activity, running, timing(8))).isEqualTo(6 * 2 * 28 / 3.0);
    }

    @Test
    void layersNotOnTilesCountDigitalOperations() {
        Network network = network(9, 2);
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(4, 4),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(0f, 1f, 16)),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of(), 8));
        ChipDesign design = ChipDesign.of(network, hardware, Map.of(0, new LayerWeights(new float[18], 0)));
        LayerActivity[] activity = {new LayerActivity(2), new LayerActivity(2), new LayerActivity(2)};
        activity[0].events[0] = 3;
        activity[0].events[1] = 4;
        activity[0].effectiveAcs[0] = 6;
        activity[0].effectiveMacs[1] = 5;
        ActivityProjector projector = new ActivityProjector(design, POISSON, WIDTHS, 8);
        Map<Integer, PhysicalActivity> counts = projector.project(activity, 1);
        assertThat(counts.get(0).counts())
                .isEqualTo(Map.of(
                        ActivityCount.SRAM_MACS, 46.0,
                        ActivityCount.SRAM_READ_BITS, 46.0 * 8,
                        ActivityCount.INPUT_BUFFER_BITS, 28.0));
        assertThat(counts.get(1).counts())
                .isEqualTo(Map.of(ActivityCount.NEURON_UPDATES, 4.0, ActivityCount.MEMBRANE_ACCESSES, 8.0));
        // Two channels at 10 ns a clock: 3 clocks in the first step, 5 x 8 / 2 in the second.
        assertThat(projector.latencyNanoseconds(activity, all(activity, 1), timing(8)))
                .isEqualTo(30 + 200);
        assertThat(projector.latency(activity, all(activity, 1), timing(8)).imageInterval())
                .isEqualTo(230);
    }

    @Test
    void hopsAndReferenceColumnsAreCounted() {
        // 9 rows in tiles of 4; 4 columns hold 3 outputs and the dummy: 3 x 2 arrays in a row of chip tiles.
        Network network = network(9, 5);
        HardwareSpec hardware = new HardwareSpec(
                        new TileSize(4, 4),
                        new LayerCells(CodecKind.DUMMY_COLUMN, 4, new ExactCell(0f, 1f, 32)),
                        new Readout.Ideal(),
                        true,
                        new LayerPlaces(Set.of("fc"), 8))
                .withChip(ChipSpec.of(new ChipSpec.Room(1, 1, 0), ChipSpec.Packing.PE)
                        .with(new ChipSpec.Mesh(6, 1)));
        ChipDesign design = ChipDesign.of(network, hardware, Map.of(0, new LayerWeights(new float[45], 0)));
        LayerActivity[] activity = {new LayerActivity(1), new LayerActivity(1), new LayerActivity(1)};
        activity[0].events[0] = 9;
        activity[0].tileReads[0] = 3;
        activity[0].activePositions[0] = 1;
        PhysicalActivity counts = new ActivityProjector(design, POISSON, WIDTHS, 8)
                .project(activity, 1)
                .get(0);
        // Rows of the first tile reach chip tiles 0 and 1, of the second 2 and 3, the last row 4 and 5.
        double hops = 4 * (0 + 1) + 4 * (2 + 3) + 4 + 5;
        assertThat(counts.of(ActivityCount.SPIKE_HOPS)).isCloseTo(hops, againstClosedForm(1e-9));
        assertThat(counts.of(ActivityCount.SPIKE_HOP_BITS)).isCloseTo(4 * hops, againstClosedForm(1e-9));
        assertThat(counts.of(ActivityCount.ADC_CONVERSIONS)).isEqualTo(3 * (5 + 2));
        // One subtraction of the dummy per output.
        assertThat(counts.of(ActivityCount.SHIFT_ADDS)).isEqualTo(3 * 5);
    }

    /** A block whose shortcut has weights and one whose shortcut hands spikes on, every layer on a chip tile of its own. */
    @Test
    void branchesAreAddedAndWorkSideBySide() {
        NetworkBuilder builder = new NetworkBuilder("blocks", Shape.features(4));
        builder.add("stem", new Layer.Dense(4));
        int first = builder.add("lif1", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        int main = builder.add("main", new Layer.Dense(4));
        int side = builder.add("side", new Layer.Dense(4), first);
        int sum = builder.add("sum", Layer.Join.sum(), main, side, first);
        int second = builder.add("lif2", new Layer.Neuron(NeuronSpec.lif(1f, 1f)), sum);
        int third = builder.add("third", new Layer.Dense(4));
        int behind = builder.add("lif3", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        int spikes = builder.add("spikes", Layer.Join.sum(), second, behind);
        int last = builder.add("last", new Layer.Dense(2), spikes);
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        HardwareSpec hardware = new HardwareSpec(
                        new TileSize(4, 8),
                        new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(0f, 1f, 16)),
                        new Readout.Adc(4, 8, 99.9),
                        true,
                        new LayerPlaces(Set.of("stem", "main", "side", "third", "last"), 8))
                .withChip(ChipSpec.of(new ChipSpec.Room(1, 1, 0), ChipSpec.Packing.PE)
                        .with(new ChipSpec.Mesh(5, 1)));
        Map<Integer, LayerWeights> weights = new TreeMap<>();
        network.synapses()
                .forEach(node -> weights.put(
                        node.id(), new LayerWeights(new float[4 * node.out().size()], 0)));
        ChipDesign design = ChipDesign.of(network, hardware, weights);
        LayerActivity[] activity = new LayerActivity[network.nodes().size()];
        for (Network.Node node : network.nodes()) {
            activity[node.id()] = new LayerActivity(2);
            if (node.isSynapse()) {
                activity[node.id()].activePositions[0] = node.id() == side ? 5 : 1;
                activity[node.id()].tileReads[0] = activity[node.id()].activePositions[0];
            }
        }
        activity[first].spikes[1] = 3;
        activity[second].spikes[0] = 6;
        activity[behind].spikes[0] = 2;
        activity[last].events[0] = 7;
        ActivityProjector projector = new ActivityProjector(design, POISSON, WIDTHS, 8);
        Map<Integer, PhysicalActivity> counts = projector.project(activity, 1);
        assertThat(counts).doesNotContainKey(spikes);
        // Four values, two steps, two further branches; main sends 8 sums from tile 1 to side on 2, lif1 3 spikes from
        // 0 to 2.
        assertThat(counts.get(sum).counts())
                .isEqualTo(Map.of(
                        ActivityCount.PARTIAL_SUM_ADDS,
                        16.0,
                        ActivityCount.PARTIAL_SUM_BITS,
                        16.0 * WIDTHS.sum(),
                        ActivityCount.SPIKE_HOPS,
                        8.0 + 6.0,
                        ActivityCount.SPIKE_HOP_BITS,
                        8.0 * WIDTHS.sum() + 6.0 * 2));
        // Six spikes of lif2 from tile 2 to 4 and two of lif3 from 3 to 4: 14 hops for 8, of which 7 arrive.
        assertThat(counts.get(last).of(ActivityCount.SPIKE_HOPS)).isCloseTo(7 * 14 / 8.0, againstClosedForm(1e-9));
        // Stem, the slower of main and side, third and last: 28 ns a read, 11 for a second pulse of last, which gets
        // sums of two;
        // and the way of 7 events of 2 bits over 1.75 hops.
        assertThat(projector.latencyNanoseconds(activity, all(activity, 1), timing(8)))
                .isCloseTo(28 * (1 + 5 + 1 + 1) + 11 + 14 / 32.0 + 1.75, againstClosedForm(1e-9));
    }

    @Test
    void digitalWordsAreNeitherConvertedNorDriven() {
        Network network = network(8, 2);
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(4, 1),
                new LayerCells(CodecKind.SHIFTED_SRAM, 4, new SramShiftCell(4, 1)),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of("fc"), 8));
        ChipDesign design = ChipDesign.of(network, hardware, Map.of(0, new LayerWeights(new float[16], 0)));
        LayerActivity[] activity = {new LayerActivity(1), new LayerActivity(1), new LayerActivity(1)};
        activity[0].rowDrives[0] = 5;
        activity[0].tileReads[0] = 4;
        activity[0].activePositions[0] = 3;
        activity[0].load[0] = 100;
        PhysicalActivity counts = new ActivityProjector(design, POISSON, WIDTHS, 8)
                .project(activity, 1)
                .get(0);
        assertThat(counts.of(ActivityCount.SRAM_MACS)).isEqualTo(10);
        assertThat(counts.of(ActivityCount.SRAM_SHIFTS)).isEqualTo(6);
        assertThat(counts.of(ActivityCount.SRAM_ACCUMULATES)).isEqualTo(2);
        assertThat(counts.of(ActivityCount.ARRAY_READS)).isEqualTo(8);
        assertThat(counts.of(ActivityCount.ROW_ACTIVATIONS)).isZero();
        assertThat(counts.of(ActivityCount.ADC_CONVERSIONS)).isZero();
        assertThat(counts.of(ActivityCount.DRIVEN_MICROSIEMENS)).isZero();
    }

    /** A network whose first layer, of 15 weights, is digital. */
    private static ChipDesign withoutTiles(Network network) {
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(8, 8),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(0f, 1f, 32)),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of(), 8));
        return ChipDesign.of(network, hardware, Map.of(0, new LayerWeights(new float[15], 0)));
    }

    /** Three neurons' sums get a bias in each of four steps, or once before they are latched. */
    @Test
    void biasesAreAddedInEveryStepOrOnceToWhatIsLatched() {
        NetworkBuilder builder = new NetworkBuilder("biased", Shape.features(5));
        builder.add("fc", new Layer.Dense(3));
        builder.add("fc_bias", new Layer.Bias());
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.9f, 1f)));
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        ChipDesign design = withoutTiles(network);
        LayerActivity[] activity = new LayerActivity[4];
        Arrays.setAll(activity, _ -> new LayerActivity(4));
        ActivityProjector projector = new ActivityProjector(design, new Encoder.Direct(), WIDTHS, 8);
        assertThat(projector.project(activity, 1).get(1).counts())
                .isEqualTo(Map.of(ActivityCount.PARTIAL_SUM_ADDS, 12.0));
        LatchedLayers once = LatchedLayers.of(network, new Encoder.Direct());
        assertThat(projector.withLatched(once).project(activity, 1).get(1).counts())
                .isEqualTo(Map.of(ActivityCount.PARTIAL_SUM_ADDS, 3.0));
    }

    /** Five values of 8 bits arrive in each of four steps, zeros too, and meet three weights each. */
    @Test
    void framesOfAnalogueValuesArriveAsWordsInEveryStep() {
        NetworkBuilder builder = new NetworkBuilder("frames", Shape.features(5));
        builder.add("fc", new Layer.Dense(3));
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.9f, 1f)));
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        ChipDesign design = withoutTiles(network);
        LayerActivity[] activity = new LayerActivity[3];
        Arrays.setAll(activity, _ -> new LayerActivity(4));
        Encoder frames = new Encoder.DirectFrames();
        PhysicalActivity counts = new ActivityProjector(design, frames, WIDTHS, 8)
                .withLatched(LatchedLayers.of(network, frames))
                .project(activity, 1)
                .get(0);
        assertThat(counts.of(ActivityCount.INPUT_BUFFER_BITS)).isEqualTo(4 * 5 * 8);
        assertThat(counts.of(ActivityCount.LATCH_BITS)).isZero();
        ArithmeticOperations operations =
                ArithmeticOperations.of(network, frames, LatchedLayers.NONE, activity, new long[] {1, 1, 1, 1});
        assertThat(operations.macs()).isEqualTo(4 * 15);
    }

    /** Two reads of a tile of five columns, each with the two pulses of a sum of two spikes, are converted once each. */
    @Test
    void sumsOfSpikesAreReadInSeveralPulsesAndConvertedOnce() {
        NetworkBuilder builder = new NetworkBuilder("summed", Shape.features(5));
        builder.add("first", new Layer.Dense(4));
        int spikes = builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.9f, 1f)));
        builder.add("sum", Layer.Join.sum(), spikes, spikes);
        int fc = builder.add("fc", new Layer.Dense(5));
        builder.add("out", new Layer.ReadOut());
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(8, 16),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(0f, 1f, 32)),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of("fc"), 8));
        Map<Integer, LayerWeights> weights =
                Map.of(0, new LayerWeights(new float[20], 0), fc, new LayerWeights(new float[20], 0));
        ChipDesign design = ChipDesign.of(builder.build(), hardware, weights);
        LayerActivity[] activity = new LayerActivity[5];
        Arrays.setAll(activity, _ -> new LayerActivity(1));
        activity[fc].rowDrives[0] = 6;
        activity[fc].tileReads[0] = 2;
        activity[fc].activePositions[0] = 2;
        ActivityProjector projector = new ActivityProjector(design, POISSON, WIDTHS, 8);
        PhysicalActivity counts = projector.project(activity, 2).get(fc);
        assertThat(counts.of(ActivityCount.ROW_ACTIVATIONS)).isEqualTo(6);
        assertThat(counts.of(ActivityCount.ARRAY_READS)).isEqualTo(2 * 2);
        assertThat(counts.of(ActivityCount.COLUMN_READS)).isEqualTo(2 * 2 * 10);
        assertThat(counts.of(ActivityCount.ADC_CONVERSIONS)).isEqualTo(2 * 10);
        assertThat(counts.of(ActivityCount.MUX_SWITCHES)).isEqualTo(2 * 10);
    }

    @Test
    void impossibleInputWidthIsRefused() {
        Case c = cases().findFirst().orElseThrow();
        ChipDesign design = design(c, network(c.count("in_"), c.count("out")), true);
        assertThatThrownBy(() -> new ActivityProjector(design, POISSON, WIDTHS, 0))
                .hasMessage("input bits must be 1 to 64, got 0");
    }
}
