/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.WireSpec;
import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.mapping.tile.TilePattern;
import io.synaptile.sim.compute.ArrayGrid;
import io.synaptile.sim.compute.ArrayReader;
import io.synaptile.sim.compute.CellPlanes;
import io.synaptile.sim.compute.ColumnCircuit;
import io.synaptile.sim.compute.ColumnLimits;
import io.synaptile.sim.compute.Conversion;
import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.RowCosts;
import io.synaptile.sim.compute.SynapsePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One layer on tiles of one chip, as numbers a backend can run. Its planes are the physical columns of the codec, then what is
 * not in cells: what is counted, then SRAM words.
 */
final class DeployedLayer {
    private final ChipDesign design;
    private final ChipInstance chip;
    private final LayerTiles tiles;
    private final LayerCells kind;
    private final WeightCodec codec;
    private final SramBranch sram;
    /** Planes that are not in cells, {@code [planes][rows * outputs]}. */
    private final List<float[]> exact;
    /** Number of all planes. */
    private final int planes;
    /** Weights that are not 0 as written, in the order of the matrix. */
    private final boolean[] nonZero;

    private DeployedLayer(ChipDesign design, ChipInstance chip, LayerTiles tiles) {
        this.design = design;
        this.chip = chip;
        this.tiles = tiles;
        this.kind = design.cells(tiles.layer());
        this.codec = design.codecs().get(tiles.layer());
        this.sram = design.sram().get(tiles.layer());
        CrossbarLayout layout = CrossbarLayout.of(design.network().node(tiles.layer()));
        this.exact = new ArrayList<>();
        codec.counted(design.matrix(tiles.layer())).ifPresent(exact::add);
        if (sram != null) {
            exact.add(layout.toMatrix(sram.words()));
        }
        this.planes = tiles.planes() + exact.size();
        this.nonZero = new boolean[tiles.rows() * tiles.outputs()];
        boolean[] ofMatrix = layout.toMatrix(EffectiveWeights.nonZero(design, tiles.layer()));
        // Rows of biases have no inputs, and so no operations.
        for (int row = 0; row < tiles.inputRows(); row++) {
            int outputs = tiles.outputs();
            System.arraycopy(ofMatrix, tiles.source(row) * outputs, nonZero, row * outputs, outputs);
        }
    }

    /**
     * The plan of a layer.
     *
     * @param converters one per plane of the codec; null where all conversion is exact
     */
    static SynapsePlan of(ChipDesign design, ChipInstance chip, LayerTiles tiles, SynapsePlan.Converter[] converters) {
        return new DeployedLayer(design, chip, tiles).plan(converters);
    }

    private SynapsePlan plan(SynapsePlan.Converter[] converters) {
        int copies = 1 + chip.layers().get(tiles.layer()).further().size();
        List<LayerArrays> plans = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            plans.add(copy(copy, converters));
        }
        return new SynapsePlan.ArrayPlan(plans);
    }

    private boolean analogue() {
        return !kind.codec().digital();
    }

    /** What reads the arrays, where cells and wires are not all there is to it. */
    private Optional<ArrayReadout> readout() {
        return design.arrayReadout(tiles.layer());
    }

    /** What reads a copy of the arrays: boards, or what is simulated; the sums of the cells where nothing does. */
    private Optional<ArrayReader> reader(int copy, ColumnReads reads) {
        if (readout().isEmpty() && !chip.hasPorts(tiles.layer())) {
            return Optional.empty();
        }
        return Optional.of(new ReadArrays(readout(), design, chip, tiles, copy, reads, exact));
    }

    private LayerArrays copy(int copy, SynapsePlan.Converter[] converters) {
        ColumnReads reads = ColumnReads.of(kind.cell(), chip, tiles, copy);
        if (chip.hasPorts(tiles.layer())) {
            reads = withoutNoiseOfPorts(reads, copy);
        }
        ProgrammedLayer cells = chip.cells(tiles.layer(), copy);
        WireSpec wires = design.hardware().circuit().wires();
        WiredTiles wired = new WiredTiles(wires, tiles, reads.mean());
        Readout.Adc adc = converters != null && design.hardware().readout() instanceof Readout.Adc own ? own : null;
        return new LayerArrays(
                new ArrayGrid(
                        tiles.rows(),
                        tiles.outputs(),
                        tiles.rowCuts(),
                        shared(),
                        tiles.matrix().always(),
                        tiles.pattern().map(TilePattern::has)),
                new CellPlanes(
                        values(cells.seen(analogue() && wires.hasMatrix() ? wired.matrix() : reads.mean())),
                        variance(reads, cells),
                        gains(),
                        nonZero),
                conversion(adc, converters, copy),
                new ColumnCircuit(
                        analogue() && wires.dependsOnInput()
                                ? Optional.of(wired.columns(planes, codec))
                                : Optional.empty(),
                        limits(cells),
                        reader(copy, reads)),
                new RowCosts(
                        rowLoad(reads.mean()),
                        adc == null ? new int[0] : AdaptiveBits.needed(adc.bits(), tiles, kind.cell())),
                new SynapsePlan.NoiseKey(chip.seed(), tiles.layer(), chip.instance()));
    }

    /** Of every plane what a crossing is worth in units of the weight: its cell, the difference of its pair, or the word. */
    private float[][] values(float[][] microsiemens) {
        float[][] values = new float[planes][];
        for (int p = 0; p < tiles.planes(); p++) {
            values[p] = new float[microsiemens[p].length];
            for (int i = 0; i < values[p].length; i++) {
                values[p][i] = codec.cellValue(microsiemens[p][i]);
                if (tiles.pairsOnColumns()) {
                    values[p][i] -= codec.cellValue(microsiemens[p + tiles.planes()][i]);
                }
            }
        }
        for (int p = 0; p < exact.size(); p++) {
            values[tiles.planes() + p] = exact.get(p);
        }
        return values;
    }

    /** Read noise of every plane; none where nothing is noisy, or what reads the arrays has the noise already. */
    private float[][] variance(ColumnReads reads, ProgrammedLayer cells) {
        float[][] variance = new float[planes][0];
        if (readout().filter(ArrayReadout::noisy).isEmpty()) {
            reads.variance(cells, tiles, codec.valuePerMicrosiemens())
                    .ifPresent(own -> System.arraycopy(own, 0, variance, 0, own.length));
        }
        return variance;
    }

    /** Cells of arrays that are real show their noise by themselves. */
    private ColumnReads withoutNoiseOfPorts(ColumnReads reads, int copy) {
        float[][] sigma = Arrays.stream(reads.sigma()).map(float[]::clone).toArray(float[][]::new);
        for (TileAssignment part : tiles.assignments(copy)) {
            if (chip.ports().containsKey(part.array())) {
                TileCells cells = new TileCells(tiles, part);
                cells.scatter(new float[part.rows() * cells.perRow()], sigma);
            }
        }
        return new ColumnReads(reads.mean(), sigma);
    }

    /** Weight of every plane in the digital sum. */
    private float[] gains() {
        float[] gains = Arrays.copyOf(codec.columnGain(), planes);
        Arrays.fill(gains, tiles.planes(), planes, 1f);
        if (sram != null) {
            for (int p = 0; p < planes - 1; p++) {
                gains[p] *= sram.rramGain();
            }
            gains[planes - 1] = sram.gain();
        }
        return gains;
    }

    private Conversion conversion(Readout.Adc adc, SynapsePlan.Converter[] ofCodec, int copy) {
        SynapsePlan.Converter[] converters = ofCodec == null ? null : Arrays.copyOf(ofCodec, planes);
        ConverterErrors errors =
                adc == null || adc.isUniform() ? null : ConverterBank.errors(adc, tiles, planes, chip, copy);
        if (sram == null || !sram.losesBits()) {
            return conversion(converters, errors);
        }
        MacroShifter shifter = MacroShifter.of(sram, tiles.largestRows());
        return conversion(
                shifter.among(converters, planes), shifter.among(errors, planes, tiles.rowTiles(), tiles.outputs()));
    }

    /** @param converters of each plane; null where it, or all, are converted exactly */
    private static Conversion conversion(SynapsePlan.Converter[] converters, ConverterErrors errors) {
        List<Optional<SynapsePlan.Converter>> ofPlanes = converters == null
                ? List.of()
                : Arrays.stream(converters).map(Optional::ofNullable).toList();
        return new Conversion(ofPlanes, Optional.ofNullable(errors));
    }

    /** Conductance of all cells of a row. */
    private double[] rowLoad(float[][] microsiemens) {
        double[] load = new double[tiles.rows()];
        int[] tileOfRow = tiles.tileOfRow();
        int[][] first = tiles.firstOnTile();
        for (int p = 0; p < microsiemens.length; p++) {
            boolean oncePerTile = p >= tiles.cellsPerWeight();
            for (int i = 0; i < microsiemens[p].length; i++) {
                int output = i % tiles.outputs();
                int firstOfTile = first[tileOfRow[i / tiles.outputs()]][output];
                if (oncePerTile ? firstOfTile == output : firstOfTile >= 0) {
                    load[i / tiles.outputs()] += microsiemens[p][i];
                }
            }
        }
        return load;
    }

    /** What columns can carry, in units of the weight and after the gain that makes up for drift; empty for any current. */
    private Optional<ColumnLimits> limits(ProgrammedLayer cells) {
        OptionalDouble microamperes = design.hardware().circuit().columnLimitMicroamperes();
        if (microamperes.isEmpty() || !analogue()) {
            return Optional.empty();
        }
        double volts = kind.cell().readVolts().orElseThrow();
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
        return Optional.of(new ColumnLimits(limit, offset));
    }

    /** Outputs that one column serves: those of a tile where the tile has it once. */
    private int[] shared() {
        if (tiles.columnsPerTile() == 0) {
            return new int[0];
        }
        int[] shared = new int[planes];
        Arrays.fill(shared, 1);
        Arrays.fill(shared, tiles.columnsPerWeight(), tiles.planes(), tiles.outputsPerTile());
        return shared;
    }
}
