/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.validation;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.SplitMix64Stream;
import io.synaptile.devices.cost.ActivityCount;
import io.synaptile.devices.cost.ChipTiming;
import io.synaptile.devices.cost.EnergyBreakdown;
import io.synaptile.devices.cost.EnergyComponent;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.devices.ideal.IdealCell;
import io.synaptile.devices.validation.Checked;
import io.synaptile.devices.validation.ReferenceCase;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.ActivityProjector;
import io.synaptile.mapping.cost.NeuroBenchMetrics;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.RowCosts;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recomputes rows of {@code validation_event_model.csv}: one fully connected layer and its neurons, with every count and
 * energy. The constants are those of profile {@code reference-event}.
 *
 * <pre>
 *   weights  floor(u (2^(m+1) - 1)) - (2^m - 1)   from stream seed, inputs x outputs
 *   spikes   u &lt; spike_prob                       from stream seed + 1, steps x inputs
 * </pre>
 *
 * <p>Every step is one sample of one step, as no input coding yields given spikes; the layer keeps no state between steps.
 * Conductances of driven rows are summed in double from the codes that the codec writes, because the table is in double.
 */
public final class EventModelCases {
    private static final String PROFILE = "reference-event";
    private static final int ADC_BITS = 4;
    private static final String LAYER = "fc";
    private static final int FC = 0;
    private static final int LIF = 1;
    private static final double OHM_MICROSIEMENS = 1e6;
    private static final Encoder GIVEN_SPIKES = new Encoder.Direct();

    private EventModelCases() {}

    /**
     * Every output of one row.
     *
     * @throws IllegalArgumentException naming the column if an input is missing or malformed, or if the encoding of the row
     *     is not the differential pair
     */
    public static List<Checked> check(ReferenceCase row) {
        if (row.whole("planes") != 2) {
            throw new IllegalArgumentException(
                    "case " + row.name() + ": planes must be 2, a differential pair, got " + row.whole("planes"));
        }
        int[][] weights = weights(row);
        ChipDesign design = design(row, weights);
        LayerActivity[] activity = run(row, design, weights);
        long[] running = {row.whole("T")};
        ActivityProjector projector = new ActivityProjector(design, GIVEN_SPIKES, WordWidths.ofAdc(ADC_BITS), 1);
        Map<Integer, PhysicalActivity> counts = projector.project(activity, running);
        PhysicalActivity all = counts.get(FC).plus(counts.get(LIF));
        EnergyTable table = EnergyTable.profile(PROFILE);
        EnergyBreakdown energy = EnergyBreakdown.of(all, table, WordWidths.ofAdc(ADC_BITS));
        ChipTiming timing = ChipTiming.profile(PROFILE, row.whole("mux"), ADC_BITS);
        NeuroBenchMetrics metrics = NeuroBenchMetrics.of(design, activity, running);
        LayerTiles tiles = design.tiles().layer(FC).orElseThrow();

        List<Checked> checked = new ArrayList<>();
        checked.add(Checked.count(row, "slices", tiles.columnsPerWeight() / row.number("planes")));
        checked.add(Checked.count(row, "row_tiles", tiles.rowTiles()));
        checked.add(Checked.count(row, "col_tiles", tiles.columnTiles()));
        checked.add(Checked.count(row, "arrays", tiles.tiles()));
        checked.add(Checked.count(row, "phys_cols", tiles.physicalColumns()));
        checked.add(Checked.count(row, "spikes", activity[FC].events[0]));
        checked.add(Checked.count(row, "nonzero_weights", nonZero(weights)));
        checked.add(Checked.count(row, "eff_acs", activity[FC].effectiveAcs[0]));
        checked.add(Checked.count(row, "dense_synops", Math.rint(metrics.synopsDense() * running[0])));
        checked.add(Checked.count(row, "row_activations", all.of(ActivityCount.ROW_ACTIVATIONS)));
        checked.add(Checked.count(row, "array_reads", all.of(ActivityCount.ARRAY_READS)));
        checked.add(Checked.count(row, "adc_conversions", all.of(ActivityCount.ADC_CONVERSIONS)));
        checked.add(Checked.count(row, "shift_adds", all.of(ActivityCount.SHIFT_ADDS)));
        checked.add(Checked.count(row, "psum_adds", all.of(ActivityCount.PARTIAL_SUM_ADDS)));
        checked.add(Checked.number(row, "row_pJ", energy.of(EnergyComponent.ROW_ACTIVATION)));
        checked.add(Checked.number(row, "cell_pJ", energy.of(EnergyComponent.CELL_READ)));
        checked.add(Checked.number(row, "adc_pJ", energy.of(EnergyComponent.ADC)));
        checked.add(Checked.number(row, "mux_pJ", energy.of(EnergyComponent.COLUMN_MUX)));
        checked.add(Checked.number(row, "shiftadd_pJ", energy.of(EnergyComponent.SHIFT_ADD)));
        checked.add(Checked.number(row, "psum_pJ", energy.of(EnergyComponent.PARTIAL_SUM_ADD)));
        checked.add(Checked.number(row, "lif_pJ", energy.of(EnergyComponent.NEURON_UPDATE)));
        checked.add(Checked.number(row, "total_pJ", energy.totalPicojoules()));
        checked.add(Checked.number(
                row, "latency_ns", projector.latencyNanoseconds(activity, running, timing) * running[0]));
        return checked;
    }

    /** Whole weights, {@code [input][output]}. */
    private static int[][] weights(ReferenceCase row) {
        int fullScale = fullScale(row);
        SplitMix64Stream stream = new SplitMix64Stream(row.whole("seed"));
        int[][] weights = new int[row.whole("in_")][row.whole("out")];
        for (int[] ofInput : weights) {
            for (int o = 0; o < ofInput.length; o++) {
                ofInput[o] = (int) Math.floor(stream.nextUniform() * (2 * fullScale + 1)) - fullScale;
            }
        }
        return weights;
    }

    private static int fullScale(ReferenceCase row) {
        return (1 << row.whole("weight_mag_bits")) - 1;
    }

    private static int nonZero(int[][] weights) {
        return (int) Arrays.stream(weights)
                .flatMapToInt(Arrays::stream)
                .filter(weight -> weight != 0)
                .count();
    }

    private static ChipDesign design(ReferenceCase row, int[][] weights) {
        int inputs = weights.length;
        int outputs = weights[0].length;
        float[] canonical = new float[inputs * outputs];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                canonical[o * inputs + i] = weights[i][o] / (float) fullScale(row);
            }
        }
        NetworkBuilder builder = new NetworkBuilder(row.name(), Shape.features(inputs));
        builder.add(LAYER, new Layer.Dense(outputs));
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        builder.add("out", new Layer.ReadOut());
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(row.whole("array_rows"), row.whole("array_cols")),
                new LayerCells(
                        CodecKind.DIFFERENTIAL_PAIR,
                        row.whole("weight_mag_bits"),
                        new IdealCell(
                                new ConductanceRange((float) minMicrosiemens(row), (float) maxMicrosiemens(row)),
                                row.whole("cell_bits"))),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of(LAYER), 0));
        return ChipDesign.of(
                builder.build(),
                hardware,
                Map.of(FC, new LayerWeights(canonical, new WeightGrid.Dorefa(row.whole("weight_mag_bits")))));
    }

    private static double minMicrosiemens(ReferenceCase row) {
        return OHM_MICROSIEMENS / row.number("r_off");
    }

    private static double maxMicrosiemens(ReferenceCase row) {
        return OHM_MICROSIEMENS / row.number("r_on");
    }

    /** What the processor backend counts, by node id, all steps in one entry. */
    private static LayerActivity[] run(ReferenceCase row, ChipDesign design, int[][] weights) {
        DeployedNetwork chip =
                DeployedNetwork.withExactReadout(design, TileProgrammer.onTarget(design), Parameters.none());
        int steps = row.whole("T");
        float[] spikes = new float[steps * weights.length];
        SplitMix64Stream stream = new SplitMix64Stream(row.whole("seed") + 1);
        for (int i = 0; i < spikes.length; i++) {
            spikes[i] = stream.nextUniform() < row.number("spike_prob") ? 1f : 0f;
        }
        long[] ids = new long[steps];
        try (ExecutableNetwork network = Backends.open("cpu").prepare(inDouble(row, design, chip), steps, 1)) {
            InputBatch input = new InputBatch(spikes, steps, 1, GIVEN_SPIKES, 0, 0, ids);
            return Arrays.stream(network.run(input).activity())
                    .map(BatchActivity::total)
                    .toArray(LayerActivity[]::new);
        }
    }

    /** The plan of a chip with row loads of conductances that were never rounded to float. */
    private static NetworkPlan inDouble(ReferenceCase row, ChipDesign design, DeployedNetwork chip) {
        LayerArrays arrays =
                chip.plan().synapses().get(FC).arrays().orElseThrow().first();
        double min = minMicrosiemens(row);
        double span = maxMicrosiemens(row) - min;
        int levels = (1 << row.whole("cell_bits")) - 1;
        boolean single = row.whole("weight_mag_bits") <= row.whole("cell_bits");
        // A codec with one slice uses the whole range of the cell, the table the levels of its bits.
        int written = single ? fullScale(row) : levels;
        double[] load = new double[arrays.rows()];
        for (float[] column : chip.chip().layers().get(FC).conductances()) {
            for (int i = 0; i < column.length; i++) {
                double code = Math.rint((column[i] - min) / span * written);
                load[i / arrays.outputs()] += min + span * code / levels;
            }
        }
        return new NetworkPlan(
                design.network(),
                Map.of(
                        FC,
                        SynapsePlan.ArrayPlan.of(
                                arrays.with(new RowCosts(load, arrays.costs().readClass())))),
                Parameters.none());
    }
}
