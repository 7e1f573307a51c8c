/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Reads a matrix tile by tile, column by column, exactly as {@link LayerArrays} describes it. */
final class ReferenceTiles {
    private static final int PHASES = 2;

    private final Network.Node node;
    private final SynapsePlan.ArrayPlan copies;
    /** The copy that reads the position at hand. */
    private LayerArrays plan;

    private final long sampleId;
    private final DoubleUnaryOperator rounding;
    private final int positions;
    private final NoiseStream noise;
    private double codingMargin = Double.POSITIVE_INFINITY;

    /** @param rounding of what a plane of a tile gives */
    ReferenceTiles(Network.Node node, SynapsePlan.ArrayPlan plan, long sampleId, DoubleUnaryOperator rounding) {
        this.node = node;
        this.copies = plan;
        this.plan = plan.first();
        this.sampleId = sampleId;
        this.rounding = rounding;
        this.positions = node.out().positions();
        SynapsePlan.NoiseKey key = plan.first().noise();
        this.noise = NoiseStream.of(key.seed(), Purpose.READ_NOISE, key.layer(), sampleId, key.instance());
    }

    /** Smallest distance, in codes, of any conversion so far from a rounding boundary. */
    double codingMargin() {
        return codingMargin;
    }

    /**
     * Reads one sample at one step.
     *
     * @param x input, {@code [C, H, W]}
     * @param at index of sample and step in the activity
     * @return output current, {@code [out, positions]}
     */
    double[] read(double[] x, int step, BatchActivity activity, int at) {
        double[][] rows = new double[positions][plan.rows()];
        int[] places = plan.grid().pattern().map(ArrayPattern::places).orElse(null);
        Taps.synapse(node, (out, in, weight) -> {
            int row = Taps.row(node, weight);
            int place = places == null ? row : places[row];
            if (place >= 0) {
                rows[out % positions][place] = x[in];
            }
        });
        for (double[] driven : rows) {
            Arrays.fill(driven, plan.grid().inputRows(), plan.rows(), 1);
        }
        double[] y = new double[plan.outputs() * positions];
        for (int phase = 0; phase < PHASES; phase++) {
            double sign = phase == 0 ? 1 : -1;
            for (int position = 0; position < positions; position++) {
                boolean anyRead = false;
                plan = copies.copyAt(position, positions);
                Set<Integer> outputs = new TreeSet<>();
                for (int tile = 0; tile < plan.grid().rowTiles(); tile++) {
                    boolean read = readTile(rows[position], sign, step, phase, position, tile, y, activity, at);
                    anyRead |= read;
                    if (read && plan.grid().pattern().isPresent()) {
                        outputs.addAll(outputsOf(tile));
                    }
                }
                activity.pattern.outputs[at] += outputs.size();
                activity.activePositions[at] += anyRead ? 1 : 0;
            }
        }
        return y;
    }

    private List<Integer> outputsOf(int tile) {
        return Arrays.stream(plan.grid().pattern().orElseThrow().outputs()[tile])
                .flatMapToInt(Arrays::stream)
                .boxed()
                .toList();
    }

    private boolean readTile(
            double[] x,
            double sign,
            int step,
            int phase,
            int position,
            int tile,
            double[] y,
            BatchActivity activity,
            int place) {
        int first = plan.grid().firstRow(tile);
        int end = plan.grid().endRow(tile);
        int driven = 0;
        double inputs = 0;
        for (int r = first; r < end; r++) {
            if (sign * x[r] > 0) {
                driven++;
                inputs += sign * x[r];
                activity.rowDrives[place] += sign * x[r];
                activity.load[place] += plan.costs().load()[r] * sign * x[r];
            }
        }
        if (driven == 0) {
            return false;
        }
        activity.tileReads[place]++;
        int readClass = plan.costs().readClass(driven);
        activity.readsByClass[place * LayerActivity.READ_CLASSES + readClass]++;
        ArrayPattern pattern = plan.grid().pattern().orElse(null);
        List<Integer> there =
                pattern == null ? IntStream.range(0, plan.outputs()).boxed().toList() : outputsOf(tile);
        if (pattern != null) {
            activity.pattern.read(place, pattern.arrays(tile), there.size(), readClass);
            activity.pattern.drive(place, pattern.arrays(tile), there.size(), inputs);
        }
        float[] given = plan.circuit()
                .reader()
                .map(reader -> ask(reader, x, sign, step, phase, position, tile))
                .orElse(null);
        for (int p = 0; p < plan.cells().count(); p++) {
            float[] variances = plan.cells().variance()[p];
            for (int o : there) {
                double current;
                if (given != null) {
                    current = given[p * plan.outputs() + o];
                } else if (plan.circuit().wires().isEmpty()
                        || plan.circuit().wires().get().load()[p] == null) {
                    current = sum(x, sign, first, end, p, o);
                } else {
                    current = throughWires(x, sign, first, end, p, o);
                }
                double variance = 0;
                for (int r = first; r < end && variances.length > 0; r++) {
                    double drive = Math.max(0, sign * x[r]);
                    variance += drive * drive * variances[r * plan.outputs() + o];
                }
                if (plan.cells().isNoisy(p)) {
                    current += Math.sqrt(variance) * normal(step, phase, position, tile, p, o);
                }
                ColumnLimits limits = plan.circuit().limits().orElse(null);
                if (limits != null && limits.limit()[p] != null) {
                    double none = limits.offset()[p] * inputs;
                    double most = limits.limit()[p][o];
                    current = Math.abs(current - none) > most ? none + Math.signum(current - none) * most : current;
                }
                y[o * positions + position] +=
                        rounding.applyAsDouble(sign * plan.cells().gain()[p] * convert(tile, p, o, current));
            }
        }
        return true;
    }

    /** One read by itself. */
    private float[] ask(ArrayReader reader, double[] x, double sign, int step, int phase, int position, int tile) {
        int[] driven = IntStream.range(plan.grid().firstRow(tile), plan.grid().endRow(tile))
                .filter(row -> sign * x[row] > 0)
                .toArray();
        float[] input = new float[driven.length];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) (sign * x[driven[i]]);
        }
        float[] sums = new float[plan.cells().count() * plan.outputs()];
        reader.read(
                tile,
                new ArrayReads(
                        sampleId,
                        phase,
                        new int[] {step},
                        new int[] {position},
                        new int[] {0, driven.length},
                        driven,
                        input),
                sums);
        return sums;
    }

    private double sum(double[] x, double sign, int first, int end, int plane, int output) {
        double sum = 0;
        for (int r = first; r < end; r++) {
            sum += Math.max(0, sign * x[r]) * plan.cells().values()[plane][r * plan.outputs() + output];
        }
        return sum;
    }

    /**
     * The current that arrives at the end of a wire with a node per row: with drop v_r, cell r gives
     * {@code source_r - load_r v_r}, where exact drops solve the nodal equations and those of one pass come from the sources
     * alone.
     */
    private double throughWires(double[] x, double sign, int first, int end, int plane, int output) {
        int rows = end - first;
        double[] source = new double[rows];
        double[] load = new double[rows];
        double inputs = 0;
        for (int i = 0; i < rows; i++) {
            double drive = Math.max(0, sign * x[first + i]);
            int cell = (first + i) * plan.outputs() + output;
            inputs += drive;
            source[i] = drive * (plan.cells().values()[plane][cell] - (double) wires().offset(plane));
            load[i] = drive * wires().load()[plane][cell];
        }
        double[] drop = wires().exact() ? nodalDrops(source, load) : dropsOf(source);
        double current = wires().offset(plane) * inputs;
        for (int i = 0; i < rows; i++) {
            current += source[i] - load[i] * drop[i];
        }
        return current;
    }

    /**
     * Solves {@code (load_i + g_(i-1) + g_i) v_i - g_(i-1) v_(i-1) - g_i v_(i+1) = source_i} with the conductance g_i of the
     * wire below node i; the first node has none above it. Without resistance of the wire all nodes are one.
     */
    private double[] nodalDrops(double[] source, double[] load) {
        int n = source.length;
        double segment = wires().segment();
        double sense = wires().sense();
        double[] drop = new double[n];
        if (segment == 0) {
            double loaded = 1 + sense * Arrays.stream(load).sum();
            Arrays.fill(drop, sense * Arrays.stream(source).sum() / loaded);
            return drop;
        }
        double[] diagonal = new double[n];
        double[] right = new double[n];
        double above = 0;
        for (int i = 0; i < n; i++) {
            double below = 1 / (i == n - 1 ? segment + sense : segment);
            diagonal[i] = above + below + load[i] - (i == 0 ? 0 : above * above / diagonal[i - 1]);
            right[i] = source[i] + (i == 0 ? 0 : above * right[i - 1] / diagonal[i - 1]);
            above = below;
        }
        for (int i = n - 1; i >= 0; i--) {
            drop[i] = (right[i] + (i == n - 1 ? 0 : drop[i + 1] / segment)) / diagonal[i];
        }
        return drop;
    }

    private ColumnWires wires() {
        return plan.circuit().wires().orElseThrow();
    }

    private double[] dropsOf(double[] source) {
        double[] drop = new double[source.length];
        for (int i = 0; i < drop.length; i++) {
            for (int k = 0; k < drop.length; k++) {
                drop[i] += source[k] * wires().toConverter(drop.length - Math.max(i, k));
            }
        }
        return drop;
    }

    private double convert(int tile, int plane, int output, double current) {
        SynapsePlan.Converter converter = plan.conversion().converter(plane).orElse(null);
        if (converter == null) {
            return current;
        }
        ConverterErrors errors = plan.conversion().errors().orElse(null);
        int column = (tile * plan.cells().count() + plane) * plan.outputs() + output;
        double code = (current - converter.low()) / converter.step();
        if (errors != null) {
            code = code * errors.gain()[column] + errors.offset()[column];
        }
        double rounded = Math.rint(code);
        if (code > -1 && code < converter.codes()) {
            codingMargin = Math.min(codingMargin, 0.5 - Math.abs(code - rounded));
        }
        int clamped = (int) Math.clamp(rounded, 0, converter.codes() - 1);
        if (errors != null && errors.table() != null) {
            clamped = errors.codes()[errors.table()[column]][clamped];
        }
        return converter.low() + clamped * (double) converter.step();
    }

    /** The normal at the mixed-radix index of its place. */
    private double normal(int step, int phase, int position, int tile, int plane, int output) {
        long index = step;
        index = index * PHASES + phase;
        index = index * positions + position;
        index = index * plan.grid().rowTiles() + tile;
        index = index * plan.cells().count() + plane;
        index = index * plan.outputs() + noiseOf(tile, plane, output);
        float[] normal = new float[1];
        noise.gaussiansAt(index, normal, 1);
        return normal[0];
    }

    /** The output that shares its normal with another: the first one on the same column. */
    private int noiseOf(int tile, int plane, int output) {
        int shared = plan.grid().shared(plane);
        ArrayPattern pattern = plan.grid().pattern().orElse(null);
        if (pattern == null || shared == 1) {
            return output - output % shared;
        }
        return Arrays.stream(pattern.outputs()[tile])
                .filter(array -> Arrays.stream(array).anyMatch(one -> one == output))
                .findFirst()
                .orElseThrow()[0];
    }
}
