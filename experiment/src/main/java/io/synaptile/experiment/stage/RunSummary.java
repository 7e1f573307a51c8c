/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.folder.RecoveredChip;
import io.synaptile.experiment.folder.SimulationFacts;
import io.synaptile.experiment.folder.TrainingFacts;
import io.synaptile.mapping.tile.LeftOut;
import io.synaptile.reports.outcome.ComparisonReport;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.ConversionRow;
import io.synaptile.reports.table.SeedRow;
import io.synaptile.reports.table.Tables;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/** What a stage found. */
public sealed interface RunSummary {
    /** By name with unit, in the order in which they should be shown; strings and numbers. */
    SequencedMap<String, Object> entries();

    /** All tables, if chips have been simulated. */
    default Optional<RunReport> tables() {
        return Optional.empty();
    }

    /** The figures of all candidates, if candidates were compared. */
    default Optional<ComparisonReport> comparison() {
        return Optional.empty();
    }

    /**
     * A network was trained.
     *
     * @param facts of the first training
     * @param seeds one row per training
     * @param conversion how the networks follow those that they were converted from; empty where none was
     */
    record Trained(TrainingFacts facts, List<SeedRow> seeds, List<ConversionRow> conversion) implements RunSummary {
        public Trained {
            seeds = List.copyOf(seeds);
            conversion = List.copyOf(conversion);
        }

        @Override
        public SequencedMap<String, Object> entries() {
            SequencedMap<String, Object> entries = conversion.isEmpty() ? facts.entries() : facts.entriesOfArtificial();
            entries.putAll(ConversionFigures.entries(conversion));
            entries.putAll(SeedSpread.entries(seeds));
            return entries;
        }
    }

    /**
     * Weights were placed on tiles.
     *
     * @param cellsUsed cells that hold weights
     * @param utilisationPercent part of the cells of all tiles that these are
     * @param leftOut what tiles leave out; empty where they have all weights
     * @param storageBits of all weights
     * @param chips that were programmed and kept
     * @param notes on layers, by name
     * @param exported file of a tile, if one was asked for
     */
    record Mapped(
            int layersOnTiles,
            int tiles,
            long cellsUsed,
            double utilisationPercent,
            Optional<LeftOut> leftOut,
            double storageBits,
            int chips,
            SequencedMap<String, String> notes,
            Optional<Path> exported)
            implements RunSummary {
        @Override
        public SequencedMap<String, Object> entries() {
            SequencedMap<String, Object> entries = new LinkedHashMap<>();
            entries.put("layers_on_tiles", layersOnTiles);
            entries.put("tiles", tiles);
            entries.put("cells_used", cellsUsed);
            entries.put("tile_utilisation_percent", utilisationPercent);
            leftOut.ifPresent(own -> {
                entries.put("tiles_with_all_weights", own.tiles().whole());
                entries.put("cells_with_all_weights", own.cells().whole());
                entries.put("columns_used", own.columns().there());
                entries.put("columns_with_all_weights", own.columns().whole());
                entries.put("rows_left_out", own.rows().whole() - own.rows().there());
                entries.put(
                        "outputs_left_out",
                        own.outputs().whole() - own.outputs().there());
            });
            entries.put("storage_bits", storageBits);
            if (chips > 0) {
                entries.put("chips", chips);
            }
            notes.forEach((layer, note) -> entries.put("note_" + layer, note));
            exported.ifPresent(file -> entries.put("exported", file.toString()));
            return entries;
        }
    }

    /**
     * Chips were simulated.
     *
     * @param softwareAccuracyPercent of the network without hardware, on the images that chips saw
     * @param images that every chip saw
     * @param onAllImages what training came to, where chips saw fewer images than the test set has
     * @param recovered the chip that SRAM words were trained beside, if they were trained beside one
     * @param yieldPercent part of the chips that reach the accuracy asked for; empty if none is
     * @param timeStepsUsedMean of an image, where images stop early
     * @param report all tables
     */
    record Simulated(
            double softwareAccuracyPercent,
            int images,
            Optional<TrainingFacts> onAllImages,
            Optional<RecoveredChip> recovered,
            OptionalDouble yieldPercent,
            OptionalDouble timeStepsUsedMean,
            RunReport report)
            implements RunSummary {
        @Override
        public SequencedMap<String, Object> entries() {
            SequencedMap<String, Object> entries = new LinkedHashMap<>();
            entries.put("software_accuracy_percent", softwareAccuracyPercent);
            entries.put("images", images);
            onAllImages.ifPresent(training -> entries.putAll(training.tested()));
            recovered.ifPresent(chip -> {
                entries.put(SimulationFacts.RECOVERED_ACCURACY, chip.shown());
                entries.put(
                        "population_accuracy_mean_percent",
                        report.summary().getFirst().accuracyMeanPercent());
            });
            yieldPercent.ifPresent(percent -> entries.put("yield_percent", percent));
            timeStepsUsedMean.ifPresent(steps -> entries.put("time_steps_used_mean", steps));
            entries.putAll(ConversionFigures.entries(report.tables().rows(Tables.CONVERSION)));
            entries.putAll(SeedSpread.entries(report.tables().rows(Tables.SEEDS)));
            return entries;
        }

        @Override
        public Optional<RunReport> tables() {
            return Optional.of(report);
        }
    }

    /** Candidates were compared. */
    record Compared(ComparisonReport report) implements RunSummary {
        @Override
        public SequencedMap<String, Object> entries() {
            SequencedMap<String, Object> entries = new LinkedHashMap<>();
            report.host().forEach(row -> entries.put("training_s_" + row.method(), row.trainingSeconds()));
            return entries;
        }

        @Override
        public Optional<ComparisonReport> comparison() {
            return Optional.of(report);
        }
    }

    /** All points of a sweep were run. */
    record Swept(RunReport report) implements RunSummary {
        @Override
        public SequencedMap<String, Object> entries() {
            return new LinkedHashMap<>();
        }

        @Override
        public Optional<RunReport> tables() {
            return Optional.of(report);
        }
    }
}
