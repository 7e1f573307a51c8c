/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.Axes;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.FrameChoice;
import io.synaptile.sim.io.dataset.FrameChoice.Values;
import io.synaptile.sim.io.dataset.NormalisationChoice;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import io.synaptile.sim.network.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnFramesTest {
    private static final int SAMPLES = 4;
    private static final int FRAMES = 5;

    @TempDir
    Path folder;

    private final Map<String, NpyArray> arrays = new HashMap<>();

    private static FrameChoice choice(String axes, Values values, int bin, double delta) {
        return new FrameChoice(
                Optional.of(new Axes(axes)),
                values,
                bin,
                delta == 0 ? OptionalDouble.empty() : OptionalDouble.of(delta));
    }

    /** The samples of the training part, which are the test part too, in the order of the file. */
    private float[][] samples(FrameChoice choice) {
        Dataset part = load(choice);
        float[][] ordered = new float[SAMPLES][];
        for (int i = 0; i < part.size(); i++) {
            ordered[part.label(i)] = part.images(i, 1);
        }
        return ordered;
    }

    private Dataset load(FrameChoice choice) {
        arrays.put("y", NpyArray.of(new long[] {0, 1, 2, 3}, SAMPLES));
        Npz.of(arrays).write(folder.resolve("mine.npz"));
        Optional<String> lengths = arrays.containsKey("n") ? Optional.of("n") : Optional.empty();
        return OwnRequest.of("npz", folder, "mine.npz")
                .arrays(new OwnData.Arrays("x", "y", "x", "y", lengths, lengths))
                .normalised(new NormalisationChoice.None())
                .frames(choice)
                .load()
                .train();
    }

    private static float[] counted(int values) {
        float[] counted = new float[values];
        for (int i = 0; i < values; i++) {
            counted[i] = i;
        }
        return counted;
    }

    private void lengths(long... lengths) {
        arrays.put("n", NpyArray.of(lengths, SAMPLES));
    }

    /** The value of sample n, frame t, channel c, row h and column w is found wherever the array has it. */
    @ParameterizedTest
    @ValueSource(strings = {"NTCHW", "TNCHW", "NTHWC", "WHCTN"})
    void axesMayStandInAnyOrder(String letters) {
        int[] size = {SAMPLES, FRAMES, 2, 3, 2};
        int[] shape = new int[5];
        for (int axis = 0; axis < 5; axis++) {
            shape[axis] = size["NTCHW".indexOf(letters.charAt(axis))];
        }
        float[] values = new float[SAMPLES * FRAMES * 12];
        int[] at = new int[5];
        for (int i = 0; i < values.length; i++) {
            int rest = i;
            for (int axis = 4; axis >= 0; axis--) {
                at["NTCHW".indexOf(letters.charAt(axis))] = rest % shape[axis];
                rest /= shape[axis];
            }
            values[i] = (((at[0] * 10 + at[1]) * 10 + at[2]) * 10 + at[3]) * 10 + at[4];
        }
        arrays.put("x", NpyArray.of(values, shape));
        Dataset read = load(choice(letters, Values.CURRENTS, 1, 0));
        assertThat(read.shape()).isEqualTo(new Shape(2, 3, 2));
        assertThat(read.frames()).isEqualTo(FRAMES);
        float[] third = samples(choice(letters, Values.CURRENTS, 1, 0))[3];
        for (int i = 0; i < third.length; i++) {
            int[] digits = {i / 12, i / 6 % 2, i / 2 % 3, i % 2};
            assertThat(third[i]).isEqualTo(30_000 + digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]);
        }
    }

    @Test
    void fiveAxesAreFramesAndThreeOnlyWhereTheyAreNamed() {
        arrays.put("x", NpyArray.of(counted(40), SAMPLES, FRAMES, 1, 2, 1));
        assertThat(load(FrameChoice.AS_THEY_ARE).frames()).isEqualTo(FRAMES);
        arrays.put("x", NpyArray.of(counted(40), SAMPLES, FRAMES, 2));
        assertThat(load(FrameChoice.AS_THEY_ARE).frames()).isZero();
        Dataset read = load(choice("NTF", Values.CURRENTS, 1, 0));
        assertThat(read.form().frames()).isEqualTo(FRAMES);
        assertThat(read.shape()).isEqualTo(Shape.features(2));
    }

    /** Of channel 0 are recorded 1, 2, 3, 4 and 9: mean 3.8; what stands after the lengths counts for nothing. */
    @Test
    void framesAfterTheEndOfARecordingAreNoInputAndNotPartOfTheMean() {
        float[] values = new float[SAMPLES * FRAMES];
        Arrays.fill(values, Float.NaN);
        values[0] = 1;
        values[1] = 2;
        values[5] = 3;
        values[10] = 4;
        values[15] = 9;
        lengths(2, 1, 1, 1);
        arrays.put("x", NpyArray.of(values, SAMPLES, FRAMES, 1));
        assertThat(samples(choice("NTF", Values.CURRENTS, 1, 0))[0]).containsExactly(1, 2, 0, 0, 0);
        Dataset normalised = OwnRequest.of("npz", folder, "mine.npz")
                .arrays(new OwnData.Arrays("x", "y", "x", "y", Optional.of("n"), Optional.of("n")))
                .normalised(new NormalisationChoice.OfTraining())
                .frames(choice("NTF", Values.CURRENTS, 1, 0))
                .load()
                .train();
        assertThat(normalised.normalisation().mean()).containsExactly(3.8f);
        float[] all = normalised.images(0, SAMPLES);
        int zeros = 0;
        for (float value : all) {
            zeros += value == 0 ? 1 : 0;
        }
        assertThat(zeros).isEqualTo(15);
    }

    @Test
    void binsAreMeansOfCurrentsAndSumsOfSpikesAndTheLastHoldsWhatThereIs() {
        lengths(5, 3, 5, 5);
        arrays.put("x", NpyArray.of(counted(20), SAMPLES, FRAMES, 1));
        float[][] means = samples(choice("NTF", Values.CURRENTS, 2, 0));
        assertThat(means[0]).containsExactly(0.5f, 2.5f, 4);
        assertThat(means[1]).containsExactly(5.5f, 7, 0);
        float[][] sums = samples(choice("NTF", Values.SPIKES, 2, 0));
        assertThat(sums[0]).containsExactly(1, 5, 4);
        assertThat(sums[1]).containsExactly(11, 7, 0);
        assertThat(load(choice("NTF", Values.SPIKES, 2, 0)).form().largest()).isEqualTo(35);
    }

    /** A rise of 0.7, a fall of 0.3 from the level 0.5 above, and so on, in spikes of 0.25. */
    @Test
    void changesGiveSpikesUpAndDown() {
        float[] values = new float[SAMPLES * FRAMES];
        System.arraycopy(new float[] {1, 1.75f, 1.75f, 1.25f, 1.375f}, 0, values, 0, FRAMES);
        arrays.put("x", NpyArray.of(values, SAMPLES, FRAMES, 1));
        Dataset read = load(choice("NTF", Values.SPIKES, 1, 0.25));
        assertThat(read.shape()).isEqualTo(Shape.features(2));
        assertThat(read.form().largest()).isEqualTo(3);
        assertThat(samples(choice("NTF", Values.SPIKES, 1, 0.25))[0]).containsExactly(0, 0, 3, 0, 0, 0, 0, 2, 0, 0);
        assertThat(samples(choice("NTF", Values.SPIKES, 1, 0.25))[1]).containsOnly(0);
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheArray() {
        float[] values = counted(20);
        arrays.put("x", NpyArray.of(values, SAMPLES, FRAMES, 1));
        refused(
                "NTCHW",
                Values.CURRENTS,
                "array 'x' has the shape (4, 5, 1), the axes of the arrays names the axes (N, T, C, H, W)");
        lengths(5, 6, 5, 5);
        refused(
                "NTF",
                Values.CURRENTS,
                "array 'n' row 1 holds 6.0, lengths are whole numbers from 1 to 5, the frames of 'x'");
        lengths(5, 5, 0, 5);
        refused(
                "NTF",
                Values.CURRENTS,
                "array 'n' row 2 holds 0.0, lengths are whole numbers from 1 to 5, the frames of 'x'");
        arrays.put("n", NpyArray.of(new long[] {5, 5, 5}, 3));
        refused("NTF", Values.CURRENTS, "array 'n' has the shape (3), lengths of the 4 samples of 'x' need (4)");
        arrays.remove("n");
        values[13] = 0.5f;
        arrays.put("x", NpyArray.of(values, SAMPLES, FRAMES, 1));
        refused(
                "NTF",
                Values.SPIKES,
                "array 'x' holds 0.5 at (2, 3, 0), sample 2, frame 3, frames of spikes hold whole numbers from 0 on");
        values[13] = Float.NaN;
        arrays.put("x", NpyArray.of(values, SAMPLES, FRAMES, 1));
        refused(
                "NTF",
                Values.CURRENTS,
                "array 'x' holds NaN at (2, 3, 0), sample 2, frame 3, values must be finite numbers in single precision");
        arrays.put("x", NpyArray.of(counted(20), SAMPLES, FRAMES, 1));
        assertThatThrownBy(() -> load(choice("NHW", Values.CURRENTS, 2, 0)))
                .isInstanceOf(DataFileException.class)
                .hasMessageEndingWith(
                        "array 'x' of shape (4, 5, 1) is read as (N, H, W), which has no frames, and the number of"
                                + " frames that are joined is for frames; the axes of the arrays says which axis is which, for example NTF");
    }

    private void refused(String axes, Values values, String message) {
        assertThatThrownBy(() -> load(choice(axes, values, 1, 0)))
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder.resolve("mine.npz") + ": " + message);
    }
}
