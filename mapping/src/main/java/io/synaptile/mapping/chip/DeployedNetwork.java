/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.converter.AdcSpec;
import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.WireSpec;
import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.ColumnLimits;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A network on one chip, as numbers a backend can run: programmed cells in weight units, read noise, converters,
 * and what is counted or in SRAM words as one more column each, which is exact.
 *
 * @param design what the chip was programmed for
 * @param chip the programmed chip
 * @param plan tiles for the layers on tiles, stored digital weights for the others
 */
public record DeployedNetwork(ChipDesign design, ChipInstance chip, NetworkPlan plan) {
    /**
     * Puts a network on a chip whose columns are converted exactly, whatever the read-out of the hardware.
     *
     * @param norms state of every norm, by node id
     */
    public static DeployedNetwork withExactReadout(
            ChipDesign design, ChipInstance chip, Map<Integer, NormState> norms) {
        return deploy(design, chip, norms, Map.of());
    }

    /**
     * Puts a network on a chip.
     *
     * @param norms state of every norm, by node id
     * @param converters one per physical column of an output, by node id of the layers on tiles, those of digital words left out; ignored where the read-out is ideal
     * @throws IllegalArgumentException naming the layer if its converters are missing
     */
    public static DeployedNetwork of(
            ChipDesign design,
            ChipInstance chip,
            Map<Integer, NormState> norms,
            Map<Integer, SynapsePlan.Converter[]> converters) {
        return switch (design.hardware().readout()) {
            case Readout.Ideal _, Readout.LifDirect _ -> withExactReadout(design, chip, norms);
            case Readout.Adc _ -> {
                for (LayerTiles tiles : design.tiles().layers()) {
                    boolean digital = design.cells(tiles.layer()).codec().digital();
                    if (!digital && !converters.containsKey(tiles.layer())) {
                        throw new IllegalArgumentException(
                                "layer " + tiles.name() + ": no converter range; calibrate the read-out first");
                    }
                }
                yield deploy(design, chip, norms, converters);
            }
        };
    }

    private static DeployedNetwork deploy(
            ChipDesign design,
            ChipInstance chip,
            Map<Integer, NormState> norms,
            Map<Integer, SynapsePlan.Converter[]> converters) {
        Map<Integer, SynapsePlan> synapses = new TreeMap<>();
        for (Network.Node node : design.network().synapses()) {
            Optional<LayerTiles> tiles = design.tiles().layer(node.id());
            synapses.put(
                    node.id(),
                    tiles.isPresent()
                            ? tiled(design, chip, tiles.get(), converters.get(node.id()))
                            : new SynapsePlan.DensePlan(
                                    DigitalWeights.stored(design.weights().get(node.id()), design.hardware())));
        }
        return new DeployedNetwork(design, chip, new NetworkPlan(design.network(), synapses, norms));
    }

    private static SynapsePlan tiled(
            ChipDesign design, ChipInstance chip, LayerTiles tiles, SynapsePlan.Converter[] converters) {
        int copies = 1 + chip.layers().get(tiles.layer()).further().size();
        List<SynapsePlan.TiledPlan> plans = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            plans.add(copy(design, chip, tiles, copy, converters));
        }
        SynapsePlan.TiledPlan plan = plans.getFirst().withFurther(plans.subList(1, copies));
        return arrays(design, tiles)
                .<SynapsePlan>map(readout -> new SynapsePlan.ArrayPlan(
                        plan, ReadArrays.ofCopies(readout, design, chip, tiles, copies, exact(design, tiles))))
                .orElse(plan);
    }

    /** What reads the arrays of a layer, where cells and wires are not all there is to it. */
    private static Optional<ArrayReadout> arrays(ChipDesign design, LayerTiles tiles) {
        return design.hardware()
                .arrays()
                .filter(_ -> !design.cells(tiles.layer()).codec().digital());
    }

    /** Planes that are not in cells: what is counted, then SRAM words. */
    private static List<float[]> exact(ChipDesign design, LayerTiles tiles) {
        CrossbarLayout layout = CrossbarLayout.of(design.network().node(tiles.layer()));
        List<float[]> exact = new ArrayList<>();
        design.codecs()
                .get(tiles.layer())
                .counted(layout.toMatrix(design.weights().get(tiles.layer()).values()))
                .ifPresent(exact::add);
        SramBranch sram = design.sram().get(tiles.layer());
        if (sram != null) {
            exact.add(layout.toMatrix(sram.words()));
        }
        return exact;
    }

    private static SynapsePlan.TiledPlan copy(
            ChipDesign design, ChipInstance chip, LayerTiles tiles, int copy, SynapsePlan.Converter[] converters) {
        WeightCodec codec = design.codecs().get(tiles.layer());
        ProgrammedLayer cells = chip.layers().get(tiles.layer()).copy(copy);
        SramBranch sram = design.sram().get(tiles.layer());
        ColumnReads reads = ColumnReads.of(design.cells(tiles.layer()).cell(), chip, tiles, copy);
        float[][] variance = reads.variance(cells, tiles, codec.valuePerMicrosiemens());
        float[] gain = codec.columnGain();
        WireSpec wires = design.hardware().wires();
        int[] cuts = tiles.rowCuts();
        WiredTiles wired = new WiredTiles(wires, tiles, cuts, reads.mean());
        boolean analogueCells = !design.cells(tiles.layer()).codec().digital();
        float[][] seen = cells.seen(analogueCells && wires.hasMatrix() ? wired.matrix() : reads.mean());
        float[][] planes = values(codec, tiles, seen);
        List<float[]> exact = exact(design, tiles);
        int analogue = planes.length;
        int all = analogue + exact.size();
        int planesOfCodec = sram == null ? all : all - 1;
        gain = Arrays.copyOf(gain, planesOfCodec);
        Arrays.fill(gain, analogue, planesOfCodec, 1f);
        if (sram != null) {
            for (int p = 0; p < planesOfCodec; p++) {
                gain[p] *= sram.rramGain();
            }
            gain = Arrays.copyOf(gain, planesOfCodec + 1);
            gain[planesOfCodec] = sram.gain();
        }
        planes = Arrays.copyOf(planes, all);
        variance = variance == null ? null : Arrays.copyOf(variance, all);
        converters = converters == null ? null : Arrays.copyOf(converters, all);
        for (int p = analogue; p < all; p++) {
            planes[p] = exact.get(p - analogue);
        }
        Readout.Adc adc = converters != null && design.hardware().readout() instanceof Readout.Adc own ? own : null;
        return new SynapsePlan.TiledPlan(
                tiles.rows(),
                tiles.outputs(),
                cuts,
                planes,
                arrays(design, tiles).filter(ArrayReadout::noisy).isPresent() ? null : variance,
                gain,
                converters,
                adc == null || adc.isUniform() ? null : ConverterBank.errors(adc, tiles, cuts.length, all, chip, copy),
                analogueCells && wires.dependsOnInput() ? wired.columns(all, codec) : null,
                rowLoad(tiles, reads.mean()),
                adc == null
                        ? null
                        : neededBits(
                                adc.bits(), tiles, design.cells(tiles.layer()).cell()),
                shared(tiles, analogue, all),
                new SynapsePlan.NoiseKey(chip.seed(), tiles.layer(), chip.instance()),
                analogueCells ? limits(design, tiles, cells, all) : null,
                List.of());
    }

    /** What every crossing is worth in units of the weight, by physical column: its cell, or the difference of its pair. */
    private static float[][] values(WeightCodec codec, LayerTiles tiles, float[][] microsiemens) {
        float[][] values = new float[tiles.planes()][microsiemens[0].length];
        for (int p = 0; p < values.length; p++) {
            for (int i = 0; i < values[p].length; i++) {
                values[p][i] = codec.cellValue(microsiemens[p][i]);
                if (tiles.pairsOnColumns()) {
                    values[p][i] -= codec.cellValue(microsiemens[p + values.length][i]);
                }
            }
        }
        return values;
    }

    /** Conductance of all cells of a row. */
    private static double[] rowLoad(LayerTiles tiles, float[][] microsiemens) {
        double[] load = new double[tiles.rows()];
        for (int p = 0; p < microsiemens.length; p++) {
            boolean oncePerTile = p >= tiles.cellsPerWeight();
            for (int i = 0; i < microsiemens[p].length; i++) {
                if (!oncePerTile || i % tiles.outputs() % tiles.outputsPerTile() == 0) {
                    load[i / tiles.outputs()] += microsiemens[p][i];
                }
            }
        }
        return load;
    }

    /** What columns can carry, in units of the weight and after the gain that makes up for drift; null for any current. */
    private static ColumnLimits limits(ChipDesign design, LayerTiles tiles, ProgrammedLayer cells, int planes) {
        OptionalDouble microamperes = design.hardware().columnLimitMicroamperes();
        if (microamperes.isEmpty()) {
            return null;
        }
        WeightCodec codec = design.codecs().get(tiles.layer());
        double volts = design.cells(tiles.layer()).cell().readVolts().orElseThrow();
        double value = microamperes.getAsDouble() / volts * codec.valuePerMicrosiemens();
        float[][] limit = new float[planes][];
        float[] offset = new float[planes];
        for (int p = 0; p < tiles.planes(); p++) {
            limit[p] = new float[tiles.outputs()];
            for (int o = 0; o < limit[p].length; o++) {
                limit[p][o] = (float) (value * cells.gain(p, o));
            }
            offset[p] = tiles.pairsOnColumns() ? 0f : codec.cellValue(0f);
        }
        return new ColumnLimits(limit, offset);
    }

    /** Outputs that one column serves: those of a tile where the tile has it once. */
    private static int[] shared(LayerTiles tiles, int analogue, int planes) {
        if (tiles.columnsPerTile() == 0) {
            return null;
        }
        int[] shared = new int[planes];
        Arrays.fill(shared, 1);
        Arrays.fill(shared, tiles.columnsPerWeight(), analogue, tiles.outputsPerTile());
        return shared;
    }

    /**
     * Bits that a read takes of a converter, by driven rows: those of the largest sum that these can make, and its sign where
     * pairs share a column, at most all.
     *
     * @param bits of the converter
     */
    public static int[] neededBits(int bits, LayerTiles tiles, CellModel cell) {
        int[] needed = new int[tiles.largestRows() + 1];
        int cellBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(cell.levels() - 1));
        for (int driven = 1; driven < needed.length; driven++) {
            int sum = AdcSpec.bitsForExactSum(driven, Math.min(cellBits, 8));
            needed[driven] = Math.min(bits, sum + (tiles.pairsOnColumns() ? 1 : 0));
        }
        return needed;
    }
}
