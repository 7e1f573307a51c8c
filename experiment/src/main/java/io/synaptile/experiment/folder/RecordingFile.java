/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.reports.outcome.Recording;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import io.synaptile.text.limit.FileLimit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The recorded activity of a run folder: {@code LAYER.spikes} (0 or 1) and {@code LAYER.potential} of neurons,
 * {@code LAYER.output} of other layers, each {@code [images, time steps, C, H, W]}; {@code labels}, {@code predictions} after the
 * last step and {@code sample_ids}, each {@code [images]}; {@code layers}, the names in the order of the network; {@code class_names}
 * where classes have names.
 */
public final class RecordingFile {
    public static final String FILE = "recording.npz";
    public static final String LAYERS = "layers";
    public static final String LABELS = "labels";
    public static final String PREDICTIONS = "predictions";
    public static final String CLASS_NAMES = "class_names";
    public static final String SPIKES = ".spikes";
    public static final String POTENTIAL = ".potential";
    public static final String OUTPUT = ".output";

    private RecordingFile() {}

    /**
     * What a report shows of a folder's recording: the first image. Nothing if there is none.
     *
     * @throws io.synaptile.sim.io.DataFileException if it is damaged
     */
    public static List<Recording> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        Npz arrays = Npz.read(file, FileLimit.current());
        List<Recording> recordings = new ArrayList<>();
        String image = "first image, label " + ofFirst(arrays, LABELS) + ", predicted " + ofFirst(arrays, PREDICTIONS);
        for (String layer : arrays.array(LAYERS).texts()) {
            boolean neurons = arrays.arrays().containsKey(layer + SPIKES);
            NpyArray values = arrays.array(layer + (neurons ? POTENTIAL : OUTPUT));
            recordings.add(new Recording(
                    layer,
                    image,
                    neurons ? spikes(arrays.array(layer + SPIKES)) : new float[0][],
                    first(values, values.floats())));
        }
        return recordings;
    }

    /** Class of the first image, by its name where classes have names. */
    private static String ofFirst(Npz arrays, String which) {
        long label = arrays.array(which).longs()[0];
        return arrays.arrays().containsKey(CLASS_NAMES)
                ? arrays.array(CLASS_NAMES).texts()[(int) label]
                : Long.toString(label);
    }

    /** The first image of an array, {@code [steps][values]}. */
    private static float[][] first(NpyArray array, float[] all) {
        int steps = array.shape()[1];
        int size = array.size() / array.shape()[0] / steps;
        float[][] values = new float[steps][size];
        for (int t = 0; t < steps; t++) {
            System.arraycopy(all, t * size, values[t], 0, size);
        }
        return values;
    }

    private static float[][] spikes(NpyArray array) {
        long[] fired = array.longs();
        float[] values = new float[fired.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = fired[i];
        }
        return first(array, values);
    }
}
