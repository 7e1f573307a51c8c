/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.reports.table.ConversionLayerRow;
import io.synaptile.reports.table.ConversionRow;
import io.synaptile.reports.table.CsvReport;
import io.synaptile.reports.table.RateNormRow;
import io.synaptile.reports.table.SeedRow;
import io.synaptile.reports.table.Table;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import io.synaptile.reports.table.TrainingLayerRow;
import io.synaptile.reports.table.TrainingRow;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.training.EpochResult;
import io.synaptile.training.LayerMeasure;
import io.synaptile.training.TrainedModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tables of a run folder that say how its network was trained. */
public final class TrainingTables {
    private static final double PERCENT = 100;

    private TrainingTables() {}

    /**
     * The epochs of one training.
     *
     * @param point number of the design point
     */
    public static TableSet of(int point, long seed, TrainedModel model) {
        return of(point, seed, model.history(), model.keptEpoch());
    }

    /**
     * Epochs of a training that is not over.
     *
     * @param point number of the design point
     */
    public static TableSet of(int point, long seed, List<EpochResult> results) {
        return of(point, seed, results, -1);
    }

    private static TableSet of(int point, long seed, List<EpochResult> results, int kept) {
        List<TrainingRow> epochs = new ArrayList<>();
        List<TrainingLayerRow> layers = new ArrayList<>();
        for (EpochResult result : results) {
            int epoch = result.epoch() + 1;
            epochs.add(new TrainingRow(
                    point,
                    seed,
                    epoch,
                    Double.parseDouble(Float.toString(result.learningRate())),
                    result.loss(),
                    PERCENT * result.trainAccuracy(),
                    PERCENT * result.validationAccuracy(),
                    result.epoch() == kept ? 1 : 0));
            for (LayerMeasure layer : result.layers()) {
                layers.add(new TrainingLayerRow(
                        point,
                        seed,
                        epoch,
                        layer.layer(),
                        layer.role().isEmpty() ? TrainingLayerRow.SPIKES : layer.role(),
                        layer.norm(),
                        layer.gradientNorm(),
                        PERCENT * layer.zeros(),
                        layer.rate()));
            }
        }
        return set(epochs, layers, List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Those of a run folder as those of a design point; tables without rows where the folder is of a version that kept none.
     *
     * @throws IllegalArgumentException if they are damaged
     */
    public static TableSet read(Path folder, int point) {
        RunReader run = RunReader.of(folder);
        return set(
                run.trainingRows(Tables.TRAINING).stream()
                        .map(row -> new TrainingRow(
                                point,
                                row.seed(),
                                row.epoch(),
                                row.learningRate(),
                                row.loss(),
                                row.trainAccuracyPercent(),
                                row.validationAccuracyPercent(),
                                row.kept()))
                        .toList(),
                run.trainingRows(Tables.TRAINING_LAYERS).stream()
                        .map(row -> new TrainingLayerRow(
                                point,
                                row.seed(),
                                row.epoch(),
                                row.layer(),
                                row.parameter(),
                                row.norm(),
                                row.gradientNorm(),
                                row.zerosPercent(),
                                row.firingRate()))
                        .toList(),
                run.trainingRows(Tables.SEEDS).stream()
                        .map(row -> row.at(point))
                        .toList(),
                run.trainingRows(Tables.CONVERSION).stream()
                        .map(row -> row.at(point))
                        .toList(),
                run.trainingRows(Tables.CONVERSION_LAYERS).stream()
                        .map(row -> row.at(point))
                        .toList(),
                run.trainingRows(Tables.RATE_NORM).stream()
                        .map(row -> row.at(point))
                        .toList());
    }

    /** Writes those that have rows. */
    public static void write(Path folder, TableSet tables) {
        tables.forEach(new TableSet.Taker() {
            @Override
            public <R> void take(Table<R> table, List<R> rows) {
                if (!rows.isEmpty()) {
                    byte[] text = CsvReport.text(table, rows).getBytes(StandardCharsets.UTF_8);
                    AtomicFile.write(folder.resolve(table.fileName()), out -> out.write(text));
                }
            }
        });
    }

    /** Names of those that a folder has. */
    static List<String> names(Path folder) {
        return Tables.ofTraining().stream()
                .map(Table::fileName)
                .filter(name -> Files.isRegularFile(folder.resolve(name)))
                .toList();
    }

    private static TableSet set(
            List<TrainingRow> epochs,
            List<TrainingLayerRow> layers,
            List<SeedRow> seeds,
            List<ConversionRow> conversion,
            List<ConversionLayerRow> converted,
            List<RateNormRow> looks) {
        return new TableSet.Builder()
                .put(Tables.TRAINING, epochs)
                .put(Tables.TRAINING_LAYERS, layers)
                .put(Tables.SEEDS, seeds)
                .put(Tables.CONVERSION, conversion)
                .put(Tables.CONVERSION_LAYERS, converted)
                .put(Tables.RATE_NORM, looks)
                .build();
    }
}
