/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;

/** Reads a matrix tile by tile, column by column, exactly as {@link SynapsePlan.TiledPlan} describes it. */
final class ReferenceTiles {
    private static final int PHASES = 2;

    private final Network.Node node;
    private final SynapsePlan.TiledPlan plan;
    private final int positions;
    private final NoiseStream noise;
    private double codingMargin = Double.POSITIVE_INFINITY;

    ReferenceTiles(Network.Node node, SynapsePlan.TiledPlan plan, long sampleId) {
        this.node = node;
        this.plan = plan;
        this.positions = node.out().positions();
        SynapsePlan.NoiseKey key = plan.noise();
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
     * @param place index of sample and step in the activity
     * @return output current, {@code [out, positions]}
     */
    double[] read(double[] x, int step, BatchActivity activity, int place) {
        double[][] rows = new double[positions][plan.rows()];
        Taps.synapse(node, (out, in, weight) -> rows[out % positions][Taps.row(node, weight)] = x[in]);
        double[] y = new double[plan.outputs() * positions];
        for (int phase = 0; phase < PHASES; phase++) {
            double sign = phase == 0 ? 1 : -1;
            for (int position = 0; position < positions; position++) {
                boolean anyRead = false;
                for (int tile = 0; tile < plan.rowTiles(); tile++) {
                    anyRead |= readTile(rows[position], sign, step, phase, position, tile, y, activity, place);
                }
                activity.activePositions[place] += anyRead ? 1 : 0;
            }
        }
        return y;
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
        int first = tile * plan.rowsPerTile();
        int end = Math.min(first + plan.rowsPerTile(), plan.rows());
        boolean active = false;
        for (int r = first; r < end; r++) {
            if (sign * x[r] > 0) {
                active = true;
                activity.rowDrives[place] += sign * x[r];
                activity.load[place] += plan.rowLoad()[r] * sign * x[r];
            }
        }
        if (!active) {
            return false;
        }
        activity.tileReads[place]++;
        for (int p = 0; p < plan.planes().length; p++) {
            float[] variances = plan.variance(p);
            for (int o = 0; o < plan.outputs(); o++) {
                double current = 0;
                double variance = 0;
                for (int r = first; r < end; r++) {
                    double driven = Math.max(0, sign * x[r]);
                    int cell = r * plan.outputs() + o;
                    current += driven * plan.planes()[p][cell];
                    if (variances != null) {
                        variance += driven * driven * variances[cell];
                    }
                }
                if (variances != null) {
                    current += Math.sqrt(variance) * normal(step, phase, position, tile, p, o);
                }
                y[o * positions + position] += sign * plan.planeGain()[p] * convert(p, current);
            }
        }
        return true;
    }

    private double convert(int plane, double current) {
        SynapsePlan.Converter converter = plan.converter(plane);
        if (converter == null) {
            return current;
        }
        double code = (current - converter.low()) / converter.step();
        double rounded = Math.rint(code);
        if (code > -1 && code < converter.codes()) {
            codingMargin = Math.min(codingMargin, 0.5 - Math.abs(code - rounded));
        }
        double clamped = Math.clamp(rounded, 0, converter.codes() - 1);
        return converter.low() + clamped * converter.step();
    }

    /** The normal at the mixed-radix index of its place. */
    private double normal(int step, int phase, int position, int tile, int plane, int output) {
        long index = step;
        index = index * PHASES + phase;
        index = index * positions + position;
        index = index * plan.rowTiles() + tile;
        index = index * plan.planes().length + plane;
        index = index * plan.outputs() + output;
        float[] normal = new float[1];
        noise.gaussiansAt(index, normal, 1);
        return normal[0];
    }
}
