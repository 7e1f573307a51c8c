/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.compute.ArrayGrid;
import io.synaptile.sim.compute.ArrayPattern;
import io.synaptile.sim.compute.ArrayReader;
import io.synaptile.sim.compute.ArrayReads;
import io.synaptile.sim.compute.ColumnLimits;
import io.synaptile.sim.compute.ColumnWires;
import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Rint;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A layer on crossbar tiles, as {@link LayerArrays} describes it. A read is one step and output position; the
 * inputs that all reads put on the rows of a tile make a matrix, and its product with the cells of a plane gives the
 * currents of all reads. Reads that drive no row are computed too and then masked, because zero current need not convert to
 * zero.
 */
final class CrossbarTiles {
    private static final int PHASES = 2;

    private final LayerArrays arrays;
    private final ArrayGrid grid;
    private final int planes;

    private final Shape out;
    private final int inputSize;
    /** Where the input of each row that has one lies, {@code [positions, input rows]}. */
    private final int[] inputs;
    /** By row tile and plane, each {@code [rows of the tile, outputs]}. */
    private final INDArray[][] cells;
    /** Row of the layer's matrix of every row with an input; null where arrays have all, in their order. */
    private final int[] source;
    /** By row tile, 1 for outputs that have columns there and 0 for others, {@code [outputs]}; null where all have. */
    private final float[][] has;
    /** As the cells; null where no read is noisy, and for each plane without noise. */
    private final INDArray[][] variance;
    /** As the cells, for planes whose wires have resistance: {@link ColumnWires#load}; null where there are none. */
    private final INDArray[][] load;

    /** Output positions that are read. */
    private final int firstPosition;

    private final int endPosition;

    /**
     * @param copy of the plan that this is; it reads its positions alone
     * @param uploaded owns the cells from now on
     */
    private CrossbarTiles(Network.Node node, SynapsePlan.ArrayPlan plan, int copy, Arena uploaded) {
        this.arrays = plan.copy(copy);
        this.grid = arrays.grid();
        this.planes = arrays.cells().count();
        this.firstPosition = plan.firstPosition(copy, node.out().positions());
        this.endPosition = plan.firstPosition(copy + 1, node.out().positions());
        this.out = node.out();
        this.inputSize = node.in().size();
        this.inputs = RowOrder.of(node).inputs();
        this.source = grid.pattern().map(ArrayPattern::source).orElse(null);
        this.has = grid.pattern().isPresent() ? has(grid) : null;
        this.cells = cut(arrays.cells().values(), uploaded);
        this.variance = arrays.cells().hasReadNoise() ? cut(arrays.cells().variance(), uploaded) : null;
        this.load = arrays.circuit()
                .wires()
                .map(wires -> cut(wires.load(), uploaded))
                .orElse(null);
    }

    /** The copies of a layer, which read bands of its positions; owned as the cells are. */
    static List<CrossbarTiles> copies(Network.Node node, SynapsePlan.ArrayPlan plan, Arena uploaded) {
        return IntStream.range(0, plan.copies().size())
                .mapToObj(copy -> new CrossbarTiles(node, plan, copy, uploaded))
                .toList();
    }

    private static float[][] has(ArrayGrid grid) {
        float[][] has = new float[grid.rowTiles()][grid.outputs()];
        ArrayPattern pattern = grid.pattern().orElseThrow();
        for (int tile = 0; tile < has.length; tile++) {
            int[] first = pattern.first(tile, grid.outputs());
            for (int output = 0; output < first.length; output++) {
                has[tile][output] = first[output] < 0 ? 0f : 1f;
            }
        }
        return has;
    }

    private INDArray[][] cut(float[][] values, Arena uploaded) {
        INDArray[][] tiles = new INDArray[grid.rowTiles()][planes];
        for (int tile = 0; tile < tiles.length; tile++) {
            int from = grid.firstRow(tile) * grid.outputs();
            int to = from + rows(tile) * grid.outputs();
            for (int p = 0; p < planes; p++) {
                if (values[p] == null || values[p].length == 0) {
                    continue;
                }
                tiles[tile][p] = uploaded.of(Arrays.copyOfRange(values[p], from, to), rows(tile), grid.outputs());
            }
        }
        return tiles;
    }

    private int rows(int tile) {
        return grid.endRow(tile) - grid.firstRow(tile);
    }

    /**
     * What all reads put on the rows of one tile in one phase.
     *
     * @param rows input magnitudes, {@code [reads, rows of the tile]}
     * @param read 1 where a row is driven, else 0, {@code [reads]}
     */
    private record Drive(float[] rows, float[] read) {
        boolean any() {
            for (float driven : read) {
                if (driven != 0f) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Reads the tiles for all steps of one sample and counts what they did.
     *
     * @param x inputs, {@code [T, C, H, W]}
     * @return output current {@code [T, out, oh, ow]}, owned by the arena; 0 at positions that are not read
     */
    INDArray read(float[] x, long sampleId, LayerActivity activity, Arena arena) {
        int steps = activity.timeSteps();
        SynapsePlan.NoiseKey key = arrays.noise();
        NoiseStream noise = NoiseStream.of(key.seed(), Purpose.READ_NOISE, key.layer(), sampleId, key.instance());
        INDArray sum = arena.zeros(steps * out.positions(), grid.outputs());
        for (int phase = 0; phase < PHASES; phase++) {
            boolean[] active = new boolean[steps * out.positions()];
            BitSet[] read = new BitSet[has == null ? 0 : active.length];
            Arrays.setAll(read, _ -> new BitSet(grid.outputs()));
            for (int tile = 0; tile < grid.rowTiles(); tile++) {
                Drive drive = drive(x, phase, tile, activity);
                for (int i = 0; i < read.length; i++) {
                    if (drive.read()[i] != 0f) {
                        mark(tile, read[i]);
                    }
                }
                if (drive.any()) {
                    addTile(drive, noise, sampleId, phase, tile, sum);
                }
                for (int i = 0; i < active.length; i++) {
                    active[i] |= drive.read()[i] != 0f;
                }
            }
            for (int i = 0; i < active.length; i++) {
                activity.activePositions[i / out.positions()] += active[i] ? 1 : 0;
            }
            for (int i = 0; i < read.length; i++) {
                activity.pattern.outputs[i / out.positions()] += read[i].cardinality();
            }
        }
        INDArray byOutput =
                sum.reshape('c', steps, out.positions(), grid.outputs()).permute(0, 2, 1);
        return arena.keep(byOutput.dup('c')).reshape('c', steps, grid.outputs(), out.height(), out.width());
    }

    /** Adds the outputs that have columns on a row tile. */
    private void mark(int tile, BitSet outputs) {
        for (int output = 0; output < grid.outputs(); output++) {
            if (has[tile][output] != 0f) {
                outputs.set(output);
            }
        }
    }

    private Drive drive(float[] x, int phase, int tile, LayerActivity activity) {
        int reads = activity.timeSteps() * out.positions();
        int first = grid.firstRow(tile);
        int rows = rows(tile);
        float sign = sign(phase);
        Drive drive = new Drive(new float[reads * rows], new float[reads]);
        int arraysHere = grid.pattern().map(own -> own.arrays(tile)).orElse(0);
        int outputsHere = grid.pattern().map(own -> own.outputsOf(tile)).orElse(0);
        for (int i = 0; i < reads; i++) {
            int step = i / out.positions();
            int position = i % out.positions();
            if (position < firstPosition || position >= endPosition) {
                continue;
            }
            int patch = position * grid.matrixRows();
            int driven = 0;
            for (int r = 0; r < rows; r++) {
                float magnitude = sign;
                if (first + r < grid.inputRows()) {
                    int input = inputs[patch + (source == null ? first + r : source[first + r])];
                    magnitude = input < 0 ? 0f : sign * x[step * inputSize + input];
                }
                if (magnitude > 0f) {
                    drive.rows()[i * rows + r] = magnitude;
                    drive.read()[i] = 1f;
                    activity.rowDrives[step] += magnitude;
                    activity.load[step] += arrays.costs().load()[first + r] * magnitude;
                    activity.pattern.drive(step, arraysHere, outputsHere, magnitude);
                    driven++;
                }
            }
            if (driven > 0) {
                activity.tileReads[step]++;
                int readClass = arrays.costs().readClass(driven);
                activity.readsByClass[step][readClass]++;
                activity.pattern.read(step, arraysHere, outputsHere, readClass);
            }
        }
        return drive;
    }

    private static float sign(int phase) {
        return phase == 0 ? 1f : -1f;
    }

    /**
     * Adds the converted currents of one tile.
     *
     * @param sum {@code [reads, outputs]}
     */
    private void addTile(Drive drive, NoiseStream noise, long sampleId, int phase, int tile, INDArray sum) {
        int reads = drive.read().length;
        float[][] given = arrays.circuit()
                .reader()
                .map(reader -> ask(reader, drive, sampleId, phase, tile))
                .orElse(null);
        try (Arena arena = new Arena()) {
            INDArray rows = arena.of(drive.rows(), reads, rows(tile));
            INDArray read = arena.of(drive.read(), reads, 1);
            INDArray squares = variance == null ? null : arena.keep(rows.mul(rows));
            for (int p = 0; p < planes; p++) {
                INDArray current;
                if (given != null) {
                    current = arena.of(given[p], reads, grid.outputs());
                } else if (load == null || load[tile][p] == null) {
                    current = product(rows, cells[tile][p], arena);
                } else {
                    current = throughWires(rows, tile, p, arena);
                }
                if (arrays.cells().isNoisy(p)) {
                    INDArray deviation = Transforms.sqrt(product(squares, variance[tile][p], arena), false);
                    float[] normals = normals(drive, noise, phase, tile, p);
                    current.addi(deviation.muli(arena.of(normals, reads, grid.outputs())));
                }
                Optional<ColumnLimits> limits = arrays.circuit().limits();
                if (limits.isPresent() && limits.get().limit()[p] != null) {
                    limit(limits.get(), current, drive, tile, p, arena);
                }
                Optional<SynapsePlan.Converter> converter = arrays.conversion().converter(p);
                if (converter.isPresent()) {
                    convert(converter.get(), current, tile, p, arena);
                }
                current.muliColumnVector(read).muli(sign(phase) * arrays.cells().gain()[p]);
                if (has != null) {
                    current.muliRowVector(arena.of(has[tile], 1, grid.outputs()));
                }
                sum.addi(current);
            }
        }
    }

    /**
     * Sums of the reads that drive a row, from the reader; 0 for the others.
     *
     * @return {@code [planes][reads * outputs]}
     */
    private float[][] ask(ArrayReader reader, Drive drive, long sampleId, int phase, int tile) {
        int rows = rows(tile);
        int[] asked = IntStream.range(0, drive.read().length)
                .filter(i -> drive.read()[i] != 0f)
                .toArray();
        int[] start = new int[asked.length + 1];
        int[] row = new int[asked.length * rows];
        float[] input = new float[row.length];
        for (int i = 0; i < asked.length; i++) {
            int entry = start[i];
            for (int r = 0; r < rows; r++) {
                float magnitude = drive.rows()[asked[i] * rows + r];
                if (magnitude != 0f) {
                    row[entry] = grid.firstRow(tile) + r;
                    input[entry++] = magnitude;
                }
            }
            start[i + 1] = entry;
        }
        int entries = start[asked.length];
        int outputs = grid.outputs();
        float[] sums = new float[asked.length * planes * outputs];
        reader.read(
                tile,
                new ArrayReads(
                        sampleId,
                        phase,
                        Arrays.stream(asked).map(i -> i / out.positions()).toArray(),
                        Arrays.stream(asked).map(i -> i % out.positions()).toArray(),
                        start,
                        Arrays.copyOf(row, entries),
                        Arrays.copyOf(input, entries)),
                sums);
        float[][] given = new float[planes][drive.read().length * outputs];
        for (int i = 0; i < asked.length; i++) {
            for (int p = 0; p < planes; p++) {
                System.arraycopy(sums, (i * planes + p) * outputs, given[p], asked[i] * outputs, outputs);
            }
        }
        return given;
    }

    private INDArray product(INDArray rows, INDArray matrix, Arena arena) {
        INDArray result = arena.zeros(rows.size(0), grid.outputs());
        Nd4j.matmul(rows, matrix, result, false, false, false);
        return result;
    }

    /** The addressed normals of the reads that drive a row, {@code [reads, outputs]}; 0 for the others. */
    private float[] normals(Drive drive, NoiseStream noise, int phase, int tile, int plane) {
        int outputs = grid.outputs();
        float[] normals = new float[drive.read().length * outputs];
        float[] one = new float[outputs];
        int[] noiseOf = grid.noiseOf(tile, plane);
        for (int i = 0; i < drive.read().length; i++) {
            if (drive.read()[i] != 0f) {
                long place = (long) i / out.positions() * PHASES + phase;
                place = place * out.positions() + i % out.positions();
                place = place * grid.rowTiles() + tile;
                place = place * planes + plane;
                noise.gaussiansAt(place * outputs, one, outputs);
                for (int o = 0; o < outputs; o++) {
                    normals[i * outputs + o] = noiseOf[o] < 0 ? 0f : one[noiseOf[o]];
                }
            }
        }
        return normals;
    }

    /** The sums of a plane whose wires have resistance, row by row for all reads: a segment of wire, then the row's cells. */
    private INDArray throughWires(INDArray rows, int tile, int plane, Arena arena) {
        ColumnWires wires = arrays.circuit().wires().orElseThrow();
        float offset = wires.offset(plane);
        INDArray source = arena.keep(cells[tile][plane].sub(offset));
        INDArray current = arena.zeros(rows.size(0), grid.outputs());
        INDArray loaded = arena.zeros(rows.size(0), grid.outputs());
        INDArray lost = arena.zeros(rows.size(0), grid.outputs());
        for (int r = 0; r < rows(tile); r++) {
            pass(wires, wires.segment(), current, loaded, lost, arena);
            INDArray x = arena.keep(rows.getColumn(r, true).dup('c'));
            current.addi(product(x, source.getRow(r, true), arena));
            loaded.addi(product(x, load[tile][plane].getRow(r, true), arena));
        }
        pass(wires, wires.toConverter(1), current, loaded, lost, arena);
        INDArray inputs = arena.keep(rows.sum(true, 1));
        return current.subi(lost).addiColumnVector(inputs.muli(offset));
    }

    /** Takes the currents of all columns through a resistance. */
    private static void pass(
            ColumnWires wires, float resistance, INDArray current, INDArray loaded, INDArray lost, Arena arena) {
        if (wires.exact()) {
            INDArray factor = arena.keep(loaded.mul(resistance)).addi(1f);
            current.divi(factor);
            loaded.divi(factor);
        } else {
            lost.addi(arena.keep(current.mul(loaded)).muli(resistance));
        }
    }

    /** Cuts currents of all columns of a plane off at their limits. */
    private void limit(ColumnLimits limits, INDArray current, Drive drive, int tile, int plane, Arena arena) {
        float[] values = Arena.values(current);
        for (int i = 0; i < drive.read().length; i++) {
            float inputs = 0f;
            for (int r = 0; r < rows(tile); r++) {
                inputs += drive.rows()[i * rows(tile) + r];
            }
            for (int o = 0; o < grid.outputs(); o++) {
                int at = i * grid.outputs() + o;
                values[at] = limits.clipped(plane, o, inputs, values[at]);
            }
        }
        current.assign(arena.of(values, current.size(0), grid.outputs()));
    }

    /** Replaces currents of all columns of a plane by what its converters make of them, half to even. */
    private void convert(SynapsePlan.Converter converter, INDArray current, int tile, int plane, Arena arena) {
        ConverterErrors errors = arrays.conversion().errors().orElse(null);
        int column = (tile * planes + plane) * grid.outputs();
        current.subi(converter.low()).divi(converter.step());
        if (errors != null) {
            current.muliRowVector(row(errors.gain(), column, arena)).addiRowVector(row(errors.offset(), column, arena));
        }
        Nd4j.getExecutioner().exec(new Rint(current, current));
        Transforms.max(current, 0, false);
        Transforms.min(current, converter.codes() - 1, false);
        if (errors != null && errors.table() != null) {
            float[] codes = Arena.values(current);
            for (int i = 0; i < codes.length; i++) {
                codes[i] = errors.codes()[errors.table()[column + i % grid.outputs()]][(int) codes[i]];
            }
            current.assign(arena.of(codes, current.size(0), grid.outputs()));
        }
        current.muli(converter.step()).addi(converter.low());
    }

    private INDArray row(float[] values, int from, Arena arena) {
        return arena.of(Arrays.copyOfRange(values, from, from + grid.outputs()), 1, grid.outputs());
    }
}
