/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.devices.Age;
import io.synaptile.devices.cost.EnergyBreakdown;
import io.synaptile.devices.cost.EnergyComponent;
import io.synaptile.experiment.Progress;
import io.synaptile.experiment.board.BoardPorts;
import io.synaptile.experiment.file.DesignPoint;
import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.folder.ChipStore;
import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.RecordingFile;
import io.synaptile.experiment.folder.RecoveredChip;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.RunUpdate;
import io.synaptile.experiment.folder.SimulationFacts;
import io.synaptile.experiment.folder.TrainingTables;
import io.synaptile.experiment.plan.ChipBackend;
import io.synaptile.experiment.plan.ExperimentCost;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.experiment.plan.SramRecovery;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.cost.ChipCosting;
import io.synaptile.reports.outcome.ActivityRemarks;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.statistics.Statistics;
import io.synaptile.reports.table.ChipConditions;
import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.PointRow;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.SeedRow;
import io.synaptile.reports.table.SummaryRow;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.io.npz.Npz;
import io.synaptile.sim.network.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The third stage: chips, their tables, and the page made from them. */
final class SimulateStage {
    private final Inputs inputs;
    private final Plan plan;
    private final Experiment experiment;
    private final Progress progress;

    SimulateStage(Inputs inputs, Progress progress) {
        this.inputs = inputs;
        this.plan = inputs.plan();
        this.experiment = plan.experiment();
        this.progress = progress;
    }

    /**
     * @param model of the run folder
     * @param instance the kept chip that is simulated alone; else all chips of the experiment are
     */
    RunSummary.Simulated into(Path folder, ModelFile model, Optional<Integer> instance) {
        ChipDesign design = plan.design(model);
        if (instance.isPresent()) {
            return into(folder, model, design, instance, BoardPorts.NONE);
        }
        try (BoardPorts boards = BoardPorts.open(plan.file(), design)) {
            boards.requirePulses(
                    plan.file(),
                    0,
                    (long) experiment.simulate().instances()
                            * experiment.train().seeds());
            return into(folder, model, design, instance, boards);
        }
    }

    private RunSummary.Simulated into(
            Path folder, ModelFile model, ChipDesign design, Optional<Integer> instance, BoardPorts boards) {
        ChipStore store = new ChipStore(folder);
        Optional<ChipInstance> stored = instance.map(number -> store.read(design, number));
        ChipCosting costing = new ChipCosting(plan.cost().model(), design, plan.encoder());
        ChipBackend computing = ChipBackend.of(inputs.backend(), design, boards.layers());
        computing.notice().ifPresent(progress::notice);
        RunTables tables = new RunTables(plan.file().point().number(), design, plan.encoder());
        List<String> costRemarks = new ArrayList<>(CostRemarks.of(plan.cost(), experiment.hardware()));
        costRemarks.forEach(progress::notice);
        tables.leftOut().ifPresent(own -> costRemarks.add(CostRemarks.of(own, experiment.hardware())));
        double softwarePercent = softwarePercent(model);
        Recorded recording = new Recorded(inputs);
        List<ChipResult> chips =
                chips(new ChipSimulation(inputs, design, model.parameters(), costing, boards, recording::of), stored);
        List<ResultRow> results = tables.results(chips, experiment.seed(), softwarePercent);
        List<LayerRow> layers = tables.layers(chips);
        List<SeedRow> seeds = seeds(folder, chips, instance.isEmpty(), boards);
        boards.finish();
        CostTables costs = new CostTables(
                plan.file().point().number(), plan.cost(), costing, tables.layerOfNode(), tables.leftOut());
        RunManifest before = RunManifest.read(folder);
        Optional<String> recoveredHash = instance.isPresent() ? Optional.empty() : before.recoveredChipHash();
        RunManifest manifest = before.configured(plan.file(), experiment, plan.located(experiment))
                .with(new SimulationFacts(
                        EffectiveConfig.hash(experiment),
                        computing.facts(inputs.choice()),
                        chips.getFirst().samples(),
                        softwarePercent,
                        pricing(chips, costs, costRemarks),
                        instance.map(number -> new SimulationFacts.KeptChip(number, Sha256.of(store.file(number)))),
                        recoveredHash.map(hash -> recovered(design, hash, chips)),
                        boards.records(design),
                        ActivityRemarks.of(results, layers)));
        try (RunUpdate update = RunUpdate.begin(folder)) {
            update.tables(tables(results, layers, tables, costs, costing, chips));
            DesignPoint point = plan.file().point();
            update.tables(TrainingTables.read(folder, point.number()).with(Tables.SEEDS, seeds));
            update.table(Tables.points(point.keys()), List.of(new PointRow(point.number(), point.values())));
            recording.write(update, folder);
            RunReport report = ReportContent.of(plan, update.staged(), manifest)
                    .with(RecordingFile.read(update.staged().folder()));
            update.page(report);
            update.commit(manifest);
            return ReportStage.summary(plan, manifest, report);
        }
    }

    private double softwarePercent(ModelFile model) {
        return 100
                * ChipSimulation.evaluator(inputs)
                        .evaluate(Plan.software(model), inputs.simulated())
                        .accuracy();
    }

    private List<ChipResult> chips(ChipSimulation simulation, Optional<ChipInstance> stored) {
        Dataset calibration = inputs.data().train();
        return stored.isPresent()
                ? simulation.run(stored.get(), calibration, inputs.simulated(), progress)
                : simulation.run(calibration, inputs.simulated(), progress);
    }

    /**
     * The trainings with the chips that their networks were written to; the first training's are given.
     *
     * @param all whether all chips of the experiment are simulated
     */
    private List<SeedRow> seeds(Path folder, List<ChipResult> chips, boolean all, BoardPorts boards) {
        List<SeedRow> seeds = new ArrayList<>();
        for (SeedRow row :
                TrainingTables.read(folder, plan.file().point().number()).rows(Tables.SEEDS)) {
            if (row.seed() == experiment.seed()) {
                seeds.add(on(row, chips));
            } else if (all) {
                ModelFile model = ModelStore.read(folder, row.seed());
                ChipDesign design = plan.design(model);
                ChipCosting costing = new ChipCosting(plan.cost().model(), design, plan.encoder());
                ChipSimulation simulation =
                        new ChipSimulation(inputs, design, model.parameters(), costing, boards, _ -> {});
                seeds.add(on(row, chips(simulation, Optional.empty())));
            } else {
                seeds.add(row.on(0, Double.NaN, Double.NaN));
            }
        }
        return seeds;
    }

    private static SeedRow on(SeedRow row, List<ChipResult> chips) {
        Statistics accuracy = Statistics.of(
                chips.stream().mapToDouble(ChipResult::accuracyPercent).toArray());
        return row.on(accuracy.count(), accuracy.mean(), accuracy.sd());
    }

    private TableSet tables(
            List<ResultRow> results,
            List<LayerRow> layers,
            RunTables tables,
            CostTables costs,
            ChipCosting costing,
            List<ChipResult> chips) {
        SummaryRow summary =
                SummaryRow.of(results, tables.storageBits(), yieldAtPercent(), costs.leakage(chips), conditions());
        return new TableSet.Builder()
                .put(Tables.RESULTS, results)
                .put(Tables.SUMMARY, List.of(summary))
                .put(Tables.STEPS, tables.steps(chips))
                .put(Tables.LAYERS, layers)
                .put(Tables.ENERGY, tables.energy(chips))
                .put(Tables.ENERGY_EVENTS, costs.events(chips))
                .put(Tables.COST, costs.figures(chips))
                .put(Tables.AREA, costs.area())
                .put(Tables.TILES, tables.tiles())
                .put(Tables.CHIP, tables.chip())
                .put(Tables.METRICS, tables.metrics(chips, costing))
                .put(Tables.LATENCY, tables.latency(chips))
                .build();
    }

    private ChipConditions conditions() {
        Age age = plan.age();
        return new ChipConditions(age.seconds(), age.kelvin());
    }

    /** Accuracy that a chip needs, NaN if none is asked for. */
    private double yieldAtPercent() {
        double needed = experiment.simulate().yieldAt();
        return needed > 0 ? needed : Double.NaN;
    }

    /** The chip that SRAM words were trained beside, where the design still programs that chip. */
    private RecoveredChip recovered(ChipDesign design, String hash, List<ChipResult> chips) {
        int instance = experiment.train().recovery().instance();
        boolean same = SramRecovery.hash(TileProgrammer.program(design, experiment.seed(), instance))
                .equals(hash);
        return same
                ? new RecoveredChip.Simulated(chips.get(instance).accuracyPercent())
                : RecoveredChip.Other.of(instance);
    }

    private SimulationFacts.Pricing pricing(List<ChipResult> chips, CostTables costs, List<String> remarks) {
        TreeSet<String> unpriced = new TreeSet<>();
        boolean mixed = false;
        for (EnergyBreakdown energy : chips.getFirst().energy().values()) {
            energy.unpriced().stream().map(EnergyComponent::id).forEach(unpriced::add);
            mixed |= energy.mixesNodes();
        }
        chips.getFirst().costs().leakage().unpriced().stream()
                .map(EnergyComponent::id)
                .forEach(unpriced::add);
        ExperimentCost cost = plan.cost();
        return new SimulationFacts.Pricing(
                List.copyOf(unpriced),
                new ArrayList<>(costs.unknownAreas()),
                mixed,
                cost.file().map(Sha256::of),
                new TreeMap<>(Map.of(
                        "array_read", cost.model().timing().read().source(),
                        "digital_layer", cost.model().timing().digital().source(),
                        "hop", cost.model().timing().mesh().source())),
                remarks);
    }

    /** The activity of the first chip, where some is recorded. */
    private static final class Recorded {
        private final Inputs inputs;
        private Optional<Npz> activity = Optional.empty();

        Recorded(Inputs inputs) {
            this.inputs = inputs;
        }

        void of(NetworkPlan chip) {
            List<Network.Node> nodes = inputs.plan().recorded();
            if (!nodes.isEmpty()) {
                activity = Optional.of(new ActivityRecorder(inputs, nodes).record(chip));
            }
        }

        /** An earlier recording goes, for it is of other chips. */
        void write(RunUpdate update, Path folder) {
            if (activity.isPresent()) {
                update.write(RecordingFile.FILE, activity.get()::writeTo);
            } else if (Files.exists(folder.resolve(RecordingFile.FILE))) {
                update.remove(RecordingFile.FILE);
            }
        }
    }
}
