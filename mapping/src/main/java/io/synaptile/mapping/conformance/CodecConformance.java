/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.conformance;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.conformance.Finding;
import io.synaptile.devices.conformance.ManyThreads;
import io.synaptile.devices.ideal.IdealCell;
import io.synaptile.devices.sram.SramShiftCell;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.codec.WeightCodecProvider;
import io.synaptile.mapping.codec.WeightGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Holds a codec against its contract, with exact cells of several resolutions and ranges and weights of every kind of grid. What
 * a codec refuses is left out.
 */
public final class CodecConformance {
    private static final int WEIGHTS = 60;
    private static final int WEIGHT_BITS = 4;
    private static final long SEED = 20_250_104;
    private static final int[] CELL_BITS = {1, 2, 4, 6, 9};
    private static final List<ConductanceRange> RANGES =
            List.of(new ConductanceRange(0f, 10f), new ConductanceRange(2f, 40f));
    private static final List<WeightGrid> GRIDS = List.of(
            new WeightGrid.KBit(1),
            new WeightGrid.KBit(4),
            new WeightGrid.Dorefa(1),
            new WeightGrid.Dorefa(4),
            new WeightGrid.Ternary(),
            new WeightGrid.None());

    /** Rounding of a float, so often. */
    private static final int ROUNDINGS = 16;

    private final WeightCodecProvider provider;
    private final List<Made> made = new ArrayList<>();
    private String refusal = "";

    private CodecConformance(WeightCodecProvider provider) {
        this.provider = provider;
    }

    /** A codec that was made, and for what. */
    private record Made(WeightCodec codec, CellModel cell, WeightGrid grid, float[] weights, float fullScale) {
        /** What a cell of full conductance in every column is worth, of which a sum is a small difference. */
        float tolerance() {
            float largest = fullScale;
            for (float gain : codec.columnGain()) {
                largest = Math.max(
                        largest, Math.abs(gain * codec.cellValue(cell.range().maxMicrosiemens())));
            }
            return ROUNDINGS * Math.ulp(largest);
        }

        float[][] encoded(float[] written) {
            float[][] targets = new float[codec.planes()][written.length];
            for (float[] plane : targets) {
                Arrays.fill(plane, Float.NaN);
            }
            codec.encode(written.clone(), targets);
            return targets;
        }

        float[] readBack(float[] written) {
            float[] read = new float[written.length];
            codec.decode(encoded(written), written.clone(), read);
            return read;
        }

        @Override
        public String toString() {
            return grid + " weights on a cell of " + cell.levels() + " levels from "
                    + cell.range().minMicrosiemens() + " to " + cell.range().maxMicrosiemens() + " uS";
        }
    }

    /** Every check of a provider and of the codecs that it makes. */
    public static List<Finding> check(WeightCodecProvider provider) {
        CodecConformance suite = new CodecConformance(provider);
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.of("id consists of lower-case letters, digits and '-', and stays", () -> {
            String id = provider.id();
            return id != null && id.matches("[a-z0-9][a-z0-9-]*") && id.equals(provider.id()) ? "" : "is '" + id + "'";
        }));
        Finding suits = Finding.of("some exact cell and some weights suit", suite::make);
        findings.add(suits);
        if (!suits.passed()) {
            return findings;
        }
        findings.add(suite.each("it has columns, and a finite gain for each", CodecConformance::columns));
        findings.add(suite.each("every cell gets a target within its range", CodecConformance::targets));
        findings.add(suite.each("weights are left as they are", CodecConformance::weightsStay));
        findings.add(suite.each("no weight is written and read without trouble", CodecConformance::none));
        findings.add(suite.each("writing and reading repeat", CodecConformance::repeats));
        findings.add(suite.each(
                "the value of a cell is linear in its conductance, with the slope that is given",
                CodecConformance::linear));
        findings.add(suite.each("a weight that is read is the sum of its columns", CodecConformance::sums));
        findings.add(suite.each("what was read back is read back again", CodecConformance::idempotent));
        findings.add(suite.each("a larger weight is not read back smaller", CodecConformance::monotone));
        findings.add(suite.each("weights far above full scale saturate", CodecConformance::saturates));
        findings.add(Finding.of("exact cells give back the weights of some grid", suite::ideal));
        findings.add(suite.each("many threads may use one codec", CodecConformance::threads));
        return findings;
    }

    private String make() {
        List<CellModel> cells = new ArrayList<>();
        for (int bits : CELL_BITS) {
            RANGES.forEach(range -> cells.add(new IdealCell(range, bits)));
            if (bits > 1) {
                cells.add(new SramShiftCell(bits, 0));
            }
        }
        for (CellModel cell : cells) {
            GRIDS.forEach(grid -> make(cell, grid));
        }
        return made.isEmpty() ? "all were refused, the last with '" + refusal + "'" : "";
    }

    private void make(CellModel cell, WeightGrid grid) {
        float[] weights = weights(grid);
        LayerWeights layer = new LayerWeights(weights.clone(), grid);
        try {
            WeightCodec codec = provider.codec(layer, cell, WEIGHT_BITS);
            made.add(new Made(codec, cell, grid, weights, layer.fullScale()));
        } catch (IllegalArgumentException e) {
            refusal = String.valueOf(e.getMessage());
        }
    }

    /** Weights on the levels of a grid, full scale and its negative among them; anywhere where there are none. */
    private static float[] weights(WeightGrid grid) {
        SplittableRandom random = new SplittableRandom(SEED);
        double fullScale = grid.ownScale() ? 0.75 : 1;
        int steps = grid.steps(WEIGHT_BITS);
        float[] weights = new float[WEIGHTS];
        for (int i = 0; i < weights.length; i++) {
            double magnitude = random.nextInt(steps + 1);
            if (grid instanceof WeightGrid.None) {
                magnitude = random.nextDouble(steps);
            } else if (grid.oddSteps()) {
                magnitude = Math.min(steps, 2 * random.nextInt(steps / 2 + 1) + 1);
            } else if (grid instanceof WeightGrid.KBit) {
                magnitude = 1 + random.nextInt(steps);
            }
            weights[i] = (float) ((random.nextBoolean() ? 1 : -1) * magnitude * fullScale / steps);
        }
        weights[0] = (float) fullScale;
        weights[1] = (float) -fullScale;
        return weights;
    }

    /** Asks the same of every codec that was made; the first that has something wrong is named. */
    private Finding each(String check, Asked asked) {
        return Finding.of(check, () -> {
            for (Made one : made) {
                String problem = asked.of(one);
                if (!problem.isEmpty()) {
                    return one + ": " + problem;
                }
            }
            return "";
        });
    }

    /** What is asked of one codec; the answer is empty if nothing is wrong. */
    @FunctionalInterface
    private interface Asked {
        String of(Made made) throws Exception;
    }

    private static String columns(Made made) {
        WeightCodec codec = made.codec();
        float[] gain = codec.columnGain();
        int columns = codec.columnsPerWeight() + codec.columnsPerTile();
        if (codec.columnsPerWeight() < 1 || codec.columnsPerTile() < 0 || codec.planes() != columns) {
            return codec.columnsPerWeight() + " columns per weight and " + codec.columnsPerTile() + " per tile, "
                    + codec.planes() + " planes";
        }
        if (gain == null || gain.length != columns) {
            return (gain == null ? "no gains" : gain.length + " gains") + " for " + columns + " columns";
        }
        for (float factor : gain) {
            if (!Float.isFinite(factor)) {
                return "a gain of " + factor;
            }
        }
        return "";
    }

    private static String targets(Made made) {
        ConductanceRange range = made.cell().range();
        for (float[] plane : made.encoded(made.weights())) {
            for (float target : plane) {
                if (!(target >= range.minMicrosiemens() && target <= range.maxMicrosiemens())) {
                    return "a target of " + target + " uS";
                }
            }
        }
        return "";
    }

    private static String weightsStay(Made made) {
        float[] written = made.weights().clone();
        float[][] targets = new float[made.codec().planes()][written.length];
        made.codec().encode(written, targets);
        made.codec().decode(targets, written, new float[written.length]);
        return Arrays.equals(written, made.weights()) ? "" : "encode or decode changed the weights that were written";
    }

    private static String none(Made made) {
        float[] read = made.readBack(new float[0]);
        return read.length == 0 ? "" : "read " + read.length + " weights";
    }

    private static String repeats(Made made) {
        boolean same = Arrays.deepEquals(made.encoded(made.weights()), made.encoded(made.weights()))
                && Arrays.equals(made.readBack(made.weights()), made.readBack(made.weights()));
        return same ? "" : "two runs differ";
    }

    private static String linear(Made made) {
        ConductanceRange range = made.cell().range();
        float low = made.codec().cellValue(range.minMicrosiemens());
        float high = made.codec().cellValue(range.maxMicrosiemens());
        double slope = made.codec().valuePerMicrosiemens();
        double tolerance = ROUNDINGS * Math.ulp(Math.max(Math.abs(low), Math.abs(high)));
        for (int part = 0; part <= 8; part++) {
            float microsiemens = range.minMicrosiemens() + range.span() * part / 8;
            double expected = low + slope * (microsiemens - (double) range.minMicrosiemens());
            double value = made.codec().cellValue(microsiemens);
            if (!(Math.abs(value - expected) <= tolerance)) {
                return microsiemens + " uS is worth " + value + ", on the line from the lowest " + expected;
            }
        }
        return "";
    }

    /** Arrays add up columns and digital logic their gains, whatever {@code decode} is. */
    private static String sums(Made made) {
        float[] written = made.weights();
        float[][] targets = made.encoded(written);
        float[] gain = made.codec().columnGain();
        Optional<float[]> counted = made.codec().counted(written.clone());
        float[] read = made.readBack(written);
        for (int i = 0; i < read.length; i++) {
            double sum = counted.isPresent() ? counted.get()[i] : 0;
            for (int p = 0; p < gain.length; p++) {
                sum += gain[p] * (double) made.codec().cellValue(targets[p][i]);
            }
            if (!(Math.abs(read[i] - sum) <= made.tolerance())) {
                return "weight " + written[i] + " is read as " + read[i] + ", its columns make " + sum;
            }
        }
        return "";
    }

    private static String idempotent(Made made) {
        float[] once = made.readBack(made.weights());
        return differ(once, made.readBack(once), made.tolerance(), "was read back as");
    }

    private static String monotone(Made made) {
        float[] rising = made.weights().clone();
        Arrays.sort(rising);
        float[] read = made.readBack(rising);
        for (int i = 1; i < read.length; i++) {
            if (!(read[i] >= read[i - 1] - made.tolerance())) {
                return rising[i - 1] + " is read back as " + read[i - 1] + ", " + rising[i] + " as " + read[i];
            }
        }
        return "";
    }

    /** Words of a digital codec reach further than a full scale below theirs. */
    private static String saturates(Made made) {
        float far = 4 * made.fullScale();
        float[] outside = made.readBack(new float[] {far, -far});
        return differ(outside, made.readBack(new float[] {10 * far, -10 * far}), made.tolerance(), "became");
    }

    private static String differ(float[] expected, float[] actual, float tolerance, String word) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - actual[i]) <= tolerance)) {
                return expected[i] + " " + word + " " + actual[i];
            }
        }
        return "";
    }

    /** Digital words reach to one step below full scale, which is left out for them. */
    private String ideal() {
        String last = "there are no weights on a grid";
        for (Made one : made) {
            if (!(one.grid() instanceof WeightGrid.None)) {
                float[] weights = one.weights().clone();
                if (provider.digital()) {
                    for (int i = 0; i < weights.length; i++) {
                        weights[i] = Math.min(weights[i], 0f);
                    }
                }
                last = differ(weights, one.readBack(weights), one.tolerance(), "was read back as");
                if (last.isEmpty()) {
                    return "";
                }
                last = one + ": " + last;
            }
        }
        return last;
    }

    private static String threads(Made made) throws Exception {
        return ManyThreads.check(number -> made.readBack(shifted(made.weights(), number)), Arrays::equals);
    }

    private static float[] shifted(float[] weights, int by) {
        float[] shifted = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            shifted[i] = weights[(i + by) % weights.length];
        }
        return shifted;
    }
}
