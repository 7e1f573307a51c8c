/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.ChipStore;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.RunUpdate;
import io.synaptile.experiment.folder.TileExport;
import io.synaptile.experiment.plan.NetworkLayers;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.mapping.chip.BiasRows;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.reports.outcome.NetworkLayer;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.io.model.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The second stage: which tile holds what, and the chips and tiles that are asked for. */
final class MapStage {
    private final Plan plan;
    private final Progress progress;

    MapStage(Plan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** @param model of the run folder */
    RunSummary.Mapped into(Path folder, ModelFile model, MapOrder order) {
        ChipDesign design = plan.design(model);
        order.export().ifPresent(tile -> tile.address(design));
        RunTables tables = new RunTables(plan.file().point().number(), design, plan.encoder());
        ChipStore chips = new ChipStore(folder);
        try (RunUpdate update = RunUpdate.begin(folder)) {
            update.table(Tables.TILES, tables.tiles());
            update.table(Tables.CHIP, tables.chip());
            if (order.instances() > 0) {
                writeChips(update, chips, design, order.instances());
            }
            RunManifest before = RunManifest.read(folder);
            Experiment mapped = mapped(before);
            update.commit(before.configured(plan.file(), mapped, plan.located(mapped)));
        }
        order.export().ifPresent(tile -> export(tile, design, chips));
        return new RunSummary.Mapped(
                design.tiles().layers().size(),
                design.tiles().tiles(),
                design.tiles().cellsUsed(),
                100 * design.tiles().utilisation(),
                tables.leftOut(),
                tables.storageBits(),
                order.instances(),
                notes(design),
                order.export().map(TileExport::file));
    }

    private SequencedMap<String, String> notes(ChipDesign design) {
        SequencedMap<String, String> notes = new LinkedHashMap<>();
        for (NetworkLayer layer : NetworkLayers.of(plan)) {
            if (!layer.note().isEmpty()) {
                int rows = design.network()
                        .find(layer.name())
                        .flatMap(node -> Optional.ofNullable(design.biases().get(node.id())))
                        .map(BiasRows::count)
                        .orElse(0);
                notes.put(layer.name(), layer.note() + (rows > 1 ? "; it takes " + rows + " of them" : ""));
            }
        }
        return notes;
    }

    private void writeChips(RunUpdate update, ChipStore chips, ChipDesign design, int instances) {
        progress.begin("program", instances);
        for (int instance = 0; instance < instances; instance++) {
            ChipInstance chip = TileProgrammer.program(design, plan.experiment().seed(), instance);
            update.write(ChipStore.name(instance), ChipStore.content(design, chip)::writeTo);
            progress.advance(1, "chip " + instance);
        }
        chips.beyond(instances).forEach(update::remove);
        progress.end(instances + (instances == 1 ? " chip" : " chips"));
    }

    private void export(TileExport tile, ChipDesign design, ChipStore chips) {
        ChipInstance programmed = Files.exists(chips.file(tile.instance()))
                ? chips.read(design, tile.instance())
                : TileProgrammer.program(design, plan.experiment().seed(), tile.instance());
        tile.write(design, programmed, ChipSimulation.aged(plan, design, programmed), plan.age());
    }

    /** The experiment as it is mapped: how chips are simulated, the age of an exported tile among it, is not for this stage. */
    private Experiment mapped(RunManifest before) {
        return plan.experiment()
                .with(ExperimentFile.ofManifest(
                                Path.of(RunManifest.FILE),
                                before.configuration(),
                                List.of(),
                                plan.file().plugIns())
                        .experiment()
                        .simulate());
    }
}
