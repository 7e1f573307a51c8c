/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import io.synaptile.reports.table.TrainingLayerRow;
import io.synaptile.reports.table.TrainingRow;
import io.synaptile.reports.tensorboard.EventRecords;
import io.synaptile.sim.io.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The event files of a run folder, which TensorBoard reads: the tables of the training, a record per epoch. A file grows while
 * a network is trained; a training that goes on from a checkpoint begins it again with the epochs that are over, so that its
 * bytes are those of one that was never stopped.
 */
public final class TrainingEvents {
    /** Name of their folder in a run folder. */
    static final String FOLDER = "tensorboard";

    private static final String FILE = "events.out.tfevents.0.synaptile";

    private TrainingEvents() {}

    /** Writes the event files of all trainings that tables tell of. */
    public static void write(Path folder, TableSet trainings) {
        trainings.rows(Tables.TRAINING).stream()
                .map(TrainingRow::seed)
                .distinct()
                .forEach(seed -> begin(folder, seed, trainings));
    }

    /** Writes the epochs of one training anew. */
    public static void begin(Path folder, long seed, TableSet training) {
        Path file = file(folder, seed);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, EventRecords.version());
        } catch (IOException e) {
            throw new DataFileException(file, e);
        }
        append(folder, seed, training);
    }

    /** Adds epochs to what {@link #begin} has written. */
    public static void append(Path folder, long seed, TableSet training) {
        Path file = file(folder, seed);
        try {
            for (TrainingRow epoch : training.rows(Tables.TRAINING).stream()
                    .filter(row -> row.seed() == seed)
                    .toList()) {
                List<TrainingLayerRow> layers = training.rows(Tables.TRAINING_LAYERS).stream()
                        .filter(row -> row.epoch() == epoch.epoch() && row.seed() == epoch.seed())
                        .toList();
                Files.write(
                        file, EventRecords.scalars(epoch.epoch(), scalars(epoch, layers)), StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new DataFileException(file, e);
        }
    }

    private static SequencedMap<String, Double> scalars(TrainingRow epoch, List<TrainingLayerRow> layers) {
        SequencedMap<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("loss/training", epoch.loss());
        scalars.put("accuracy_percent/training", epoch.trainAccuracyPercent());
        scalars.put("accuracy_percent/after_epoch", epoch.validationAccuracyPercent());
        scalars.put("learning_rate", epoch.learningRate());
        for (TrainingLayerRow row : layers) {
            String parameter = row.layer() + "." + row.parameter();
            scalars.put("norm/" + parameter, row.norm());
            scalars.put("gradient_norm/" + parameter, row.gradientNorm());
            scalars.put("zeros_percent/" + parameter, row.zerosPercent());
            scalars.put("firing_rate/" + row.layer(), row.firingRate());
        }
        return scalars;
    }

    /** TensorBoard shows every folder as a run of its own. */
    private static Path file(Path folder, long seed) {
        return folder.resolve(FOLDER).resolve("seed-" + seed).resolve(FILE);
    }
}
