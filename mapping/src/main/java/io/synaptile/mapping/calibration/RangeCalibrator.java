/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.calibration;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.converter.AdcSpec;
import io.synaptile.devices.converter.RangeCalibration;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.CellPlanes;
import io.synaptile.sim.compute.ColumnCircuit;
import io.synaptile.sim.compute.ColumnProbe;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chooses the input range of every converter: from the cells and tiles alone, or from column sums seen on training images.
 *
 * <p>The network runs on the CPU backend with cells at their targets and exact conversion, without read noise and without
 * drops along wires, so all chips of a design share one range, as they would if it were set at design time. Each plane has a
 * range from 0 to a percentile of its sums, or to where they lose least by conversion, over all outputs, row tiles, positions,
 * phases and steps that were read. A column that never carried a current gets the range of one cell at Gmax, the smallest that
 * can occur. Where pairs share a column the range goes as far below 0 as above.
 */
public final class RangeCalibrator {
    /** Bounds the memory of the maps that a run holds. */
    private static final int SAMPLES_AT_ONCE = 32;

    private RangeCalibrator() {}

    /**
     * Converters of every layer on tiles whose cells are not digital words, one per plane, by node id;
     * empty where the read-out is ideal.
     *
     * @param parameters of the network beside its weights
     * @param samples training images and how they are coded
     * @param threads to use, at least 1; the ranges do not depend on it
     * @throws IllegalArgumentException if the images do not match the network's input or there are more steps than a norm was
     *     trained for
     */
    public static Map<Integer, SynapsePlan.Converter[]> calibrate(
            ChipDesign design, Parameters parameters, InputBatch samples, int threads) {
        return switch (design.hardware().readout()) {
            case Readout.Ideal _, Readout.LifDirect _ -> Map.of();
            case Readout.Adc adc ->
                switch (adc.range()) {
                    case CALIBRATED, MSE -> calibrate(design, adc, parameters, samples, threads);
                    case FULL, GRANULAR -> fixed(design, adc);
                };
        };
    }

    /** Ranges that follow from cells and tiles alone. */
    private static Map<Integer, SynapsePlan.Converter[]> fixed(ChipDesign design, Readout.Adc adc) {
        Map<Integer, SynapsePlan.Converter[]> converters = new TreeMap<>();
        for (LayerTiles tiles : design.tiles().layers()) {
            if (design.cells(tiles.layer()).codec().digital()) {
                continue;
            }
            WeightCodec codec = design.codecs().get(tiles.layer());
            CellModel cell = design.cells(tiles.layer()).cell();
            float high = adc.range() == Readout.Adc.Range.FULL
                    ? tiles.largestRows() * codec.cellValue(cell.range().maxMicrosiemens())
                    : ((1 << adc.bits() - (tiles.pairsOnColumns() ? 1 : 0)) - 1) * level(codec, cell);
            SynapsePlan.Converter[] own = new SynapsePlan.Converter[tiles.planes()];
            Arrays.fill(own, converter(adc.bits(), high, tiles.pairsOnColumns()));
            converters.put(tiles.layer(), own);
        }
        return converters;
    }

    /** Value of one level of a cell. */
    private static float level(WeightCodec codec, CellModel cell) {
        float span = cell.range().maxMicrosiemens() - cell.range().minMicrosiemens();
        return span / (cell.levels() - 1) * codec.valuePerMicrosiemens();
    }

    private static Map<Integer, SynapsePlan.Converter[]> calibrate(
            ChipDesign design, Readout.Adc adc, Parameters parameters, InputBatch samples, int threads) {
        NetworkPlan plan =
                undisturbed(DeployedNetwork.withExactReadout(design, TileProgrammer.onTarget(design), parameters)
                        .plan());
        requireMatch(plan, samples);
        SeenSums seen = new SeenSums(design, plan);
        run(ColumnProbe.watch(plan, seen), samples, threads);
        Map<Integer, SynapsePlan.Converter[]> converters = new TreeMap<>();
        seen.byNode().forEach((node, planes) -> {
            WeightCodec codec = design.codecs().get(node);
            float oneCell = codec.cellValue(design.cells(node).cell().range().maxMicrosiemens());
            SynapsePlan.Converter[] own = new SynapsePlan.Converter[planes.length];
            Arrays.setAll(own, p -> converter(planes[p], adc, oneCell, pairsOnColumns(design, node)));
            converters.put(node, own);
        });
        return converters;
    }

    /** The same without read noise and without resistance of wires. */
    private static NetworkPlan undisturbed(NetworkPlan plan) {
        Map<Integer, SynapsePlan> synapses = new TreeMap<>(plan.synapses());
        synapses.replaceAll((_, synapse) -> switch (synapse) {
            case SynapsePlan.DensePlan dense -> dense;
            case SynapsePlan.ArrayPlan(List<LayerArrays> copies) ->
                new SynapsePlan.ArrayPlan(
                        copies.stream().map(RangeCalibrator::undisturbed).toList());
        });
        return new NetworkPlan(plan.network(), synapses, plan.parameters());
    }

    private static LayerArrays undisturbed(LayerArrays arrays) {
        CellPlanes cells = arrays.cells();
        ColumnCircuit circuit = arrays.circuit();
        return arrays.with(CellPlanes.exact(cells.values(), cells.gain()))
                .with(new ColumnCircuit(Optional.empty(), circuit.limits(), circuit.reader()));
    }

    private static void run(NetworkPlan plan, InputBatch samples, int threads) {
        int most = Math.min(SAMPLES_AT_ONCE, samples.samples());
        try (ExecutableNetwork network = Backends.open("cpu").prepare(plan, most, threads)) {
            for (int from = 0; from < samples.samples(); from += most) {
                network.run(samples.part(from, Math.min(from + most, samples.samples())));
            }
        }
    }

    private static void requireMatch(NetworkPlan plan, InputBatch samples) {
        if (samples.pixels() != plan.network().input().size()) {
            throw new IllegalArgumentException("calibration images of " + samples.pixels()
                    + " pixels, the network reads " + plan.network().input());
        }
        if (samples.timeSteps() > plan.maxTimeSteps()) {
            throw new IllegalArgumentException("calibration of " + samples.timeSteps()
                    + " time steps, the norms were trained for " + plan.maxTimeSteps());
        }
    }

    private static boolean pairsOnColumns(ChipDesign design, int node) {
        return design.tiles().layer(node).orElseThrow().pairsOnColumns();
    }

    private static SynapsePlan.Converter converter(
            RangeCalibration seen, Readout.Adc adc, float oneCell, boolean signed) {
        float high;
        if (seen.maximum() == 0f) {
            high = oneCell;
        } else if (adc.range() == Readout.Adc.Range.MSE) {
            high = seen.leastSquares(signed ? adc.bits() - 1 : adc.bits()).high();
        } else {
            high = seen.converter(adc.bits(), adc.calibrationPercentile()).high();
        }
        return converter(adc.bits(), high, signed);
    }

    /** From 0 to {@code high}; with signs in two's complement, so that 0 is a code and {@code high} the last one. */
    private static SynapsePlan.Converter converter(int bits, float high, boolean signed) {
        if (!signed) {
            AdcSpec spec = new AdcSpec(bits, 0f, high);
            return new SynapsePlan.Converter(spec.low(), spec.step(), spec.codes());
        }
        int middle = 1 << bits - 1;
        float step = new AdcSpec(bits - 1, 0f, high).step();
        return new SynapsePlan.Converter(-middle * step, step, 2 * middle);
    }
}
