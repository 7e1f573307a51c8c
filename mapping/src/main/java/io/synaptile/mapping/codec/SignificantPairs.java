/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Arrays;
import java.util.List;

/**
 * A weight as the sum of several pairs, pair k worth f_k; the least significant pair is filled first.
 *
 * <pre>
 *   j  = min(rint(|w| M / fullScale), M),   n = u j
 *   c_0 = the largest code up to min(n, C) that leaves a multiple of f_1, and so on with (n - c_0) / f_1
 *   w' = fullScale / (M u) sum over k of f_k (c_k of the positive column - c_k of the negative column)
 * </pre>
 *
 * <p>C is at Gmax. C and the codes u of one step are chosen so that full scale comes as close to all pairs at Gmax,
 * {@code C sum f_k} codes, as whole codes allow. The column that does not carry the sign stays at Gmin; as in a
 * {@link DifferentialPair}, a cell is worth 0 there. Column order: {@code plane * pairs + pair}, plane 0 positive.
 *
 * <p>Source: NPair of IBM's aihwkit (pairs with significance factors, least significant first, full scale at all pairs full);
 * whole codes are ours.
 */
public final class SignificantPairs implements WeightCodec {
    private final float fullScale;
    private final int steps;
    private final int[] factors;
    private final int codes;
    private final int codesPerStep;
    private final LinearCode code;

    /**
     * A codec for one layer.
     *
     * @param fullScale weight at M steps, above 0
     * @param steps M, 1 to 2^16 - 1
     * @param factors as in {@link NPairs}
     * @throws IllegalArgumentException if the pairs cannot hold all steps
     */
    SignificantPairs(float fullScale, int steps, List<Integer> factors, CellModel cell) {
        DifferentialPair.requireFullScale(fullScale);
        DifferentialPair.requireSteps(steps);
        this.fullScale = fullScale;
        this.steps = steps;
        this.factors = factors.stream().mapToInt(Integer::intValue).toArray();
        this.codes = codes(steps, cell);
        this.codesPerStep = codes * sum() / steps;
        this.code = new LinearCode(codes, cell);
    }

    private int sum() {
        int sum = 0;
        for (int factor : factors) {
            sum += factor;
        }
        return sum;
    }

    /** The number of codes with which whole codes per step come closest to all pairs full; the smallest of these. */
    private int codes(int steps, CellModel cell) {
        int fewest = 1;
        for (int k = 1; k < factors.length; k++) {
            fewest = Math.max(fewest, factors[k] / factors[k - 1] - 1);
        }
        int best = 0;
        double used = 0;
        for (int max = fewest; max < Math.min(cell.levels(), 1 << 16); max++) {
            long all = (long) max * sum();
            double part = (double) (all / steps * steps) / all;
            if (part > used) {
                best = max;
                used = part;
            }
        }
        if (best == 0) {
            throw RefusedException.of(
                    HardwareProperty.CODEC,
                    " n-pairs with factors " + Arrays.toString(factors) + " cannot hold the " + steps
                            + " steps of a weight in cells of " + cell.levels() + " levels; raise ",
                    HardwareProperty.CELL_BITS,
                    ", add pairs, or lower the weight bits");
        }
        return best;
    }

    /** C. */
    int codes() {
        return codes;
    }

    @Override
    public String id() {
        return NPairs.ID;
    }

    @Override
    public int columnsPerWeight() {
        return 2 * factors.length;
    }

    @Override
    public void encode(float[] weights, float[][] targets) {
        double stepsPerUnit = steps / (double) fullScale;
        float off = code.target(0);
        for (int i = 0; i < weights.length; i++) {
            int rest = (int) Math.min(Math.rint(Math.abs(weights[i]) * stepsPerUnit), steps) * codesPerStep;
            int carrying = weights[i] < 0f ? factors.length : 0;
            for (int k = 0; k < factors.length; k++) {
                int own = rest;
                if (k + 1 < factors.length) {
                    int ratio = factors[k + 1] / factors[k];
                    own = Math.min(rest, codes);
                    own -= Math.floorMod(own - rest, ratio);
                    rest = (rest - own) / ratio;
                }
                targets[carrying + k][i] = code.target(own);
                targets[factors.length - carrying + k][i] = off;
            }
        }
    }

    @Override
    public float[] columnGain() {
        float[] gain = new float[columnsPerWeight()];
        for (int k = 0; k < factors.length; k++) {
            gain[k] = factors[k];
            gain[factors.length + k] = -factors[k];
        }
        return gain;
    }

    @Override
    public float cellValue(float microsiemens) {
        return (float) (code.code(microsiemens) * fullScale / ((double) steps * codesPerStep));
    }

    @Override
    public float valuePerMicrosiemens() {
        return (float) (code.codesPerMicrosiemens() * fullScale / ((double) steps * codesPerStep));
    }
}
