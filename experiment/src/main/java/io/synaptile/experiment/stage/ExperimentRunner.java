/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.cost.EnergyBreakdown;
import io.synaptile.devices.cost.EnergyComponent;
import io.synaptile.experiment.Progress;
import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.DesignPoint;
import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.experiment.file.SimulateBlock;
import io.synaptile.experiment.folder.Checkpoints;
import io.synaptile.experiment.folder.ChipStore;
import io.synaptile.experiment.folder.ManifestFacts;
import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.RunFolder;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.folder.RunReader;
import io.synaptile.experiment.folder.RunUpdate;
import io.synaptile.experiment.folder.Start;
import io.synaptile.experiment.folder.TrainingOrigin;
import io.synaptile.experiment.plan.BackendChoice;
import io.synaptile.experiment.plan.ChipBackend;
import io.synaptile.experiment.plan.DatasetImages;
import io.synaptile.experiment.plan.EarlyExit;
import io.synaptile.experiment.plan.ExperimentCost;
import io.synaptile.experiment.plan.ExperimentData;
import io.synaptile.experiment.plan.ExperimentHardware;
import io.synaptile.experiment.plan.ExperimentNetwork;
import io.synaptile.experiment.plan.LayerQuantisers;
import io.synaptile.experiment.plan.PlacedLayers;
import io.synaptile.experiment.plan.ReadData;
import io.synaptile.experiment.plan.SramRecovery;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.reports.outcome.ActivityRemarks;
import io.synaptile.reports.outcome.RunReport;
import io.synaptile.reports.table.ChipConditions;
import io.synaptile.reports.table.LayerRow;
import io.synaptile.reports.table.PointRow;
import io.synaptile.reports.table.ResultRow;
import io.synaptile.reports.table.SummaryRow;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.FileSet;
import io.synaptile.sim.io.FileWriteException;
import io.synaptile.sim.io.FolderLock;
import io.synaptile.sim.io.Links;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetReader;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.training.Evaluation;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Takes an experiment from its file to its run folder, in one go or stage by stage. What can be checked is checked before
 * anything is computed or written.
 */
public final class ExperimentRunner {
    private static final int HASH_DIGITS = 8;
    public static final String HASH = "configuration_sha256";
    private static final String DESIGN_POINT = "design_point";
    private static final String SIMULATION = "simulation";
    private static final String RECOVERED_CHIP = "recovered_chip_sha256";
    private static final String RECOVERED_ACCURACY = "recovered_chip_accuracy_percent";

    private final ExperimentFile file;
    private final Experiment experiment;
    private final Site site;
    private final Progress progress;

    public ExperimentRunner(ExperimentFile file, Site site, Progress progress) {
        this.file = file;
        this.experiment = file.experiment();
        this.site = site;
        this.progress = progress;
    }

    /**
     * A runner for the later stages of a run folder.
     *
     * @param overrides settings over those of the run; what the trained model depends on must stay
     * @param plugIns plug-ins that cells may come from
     * @throws IllegalArgumentException if the folder is not a run folder
     */
    public static ExperimentRunner of(
            Path runFolder, List<String> overrides, PlugIns plugIns, Site site, Progress progress) {
        RunManifest.read(runFolder).notices(runFolder, site).forEach(progress::notice);
        ExperimentFile file = file(runFolder, overrides, plugIns);
        refuseRetraining(file(runFolder, List.of(), plugIns), file);
        return new ExperimentRunner(file.as(point(runFolder)), site, progress);
    }

    /**
     * The configuration of a run folder.
     *
     * @param overrides settings over those of the run
     * @throws IllegalArgumentException if the folder is not a run folder
     */
    public static ExperimentFile file(Path runFolder, List<String> overrides, PlugIns plugIns) {
        return ExperimentFile.ofManifest(
                runFolder.resolve(RunManifest.FILE), RunManifest.read(runFolder).configuration(), overrides, plugIns);
    }

    /** @throws IllegalArgumentException if an experiment asks for other weights than were trained */
    public static void refuseRetraining(ExperimentFile trainedFile, ExperimentFile askedFile) {
        Experiment trained = trainedFile.experiment();
        Experiment asked = askedFile.experiment();
        refuseChange("seed", trained.seed(), asked.seed());
        refuseChange("data", trained.data().in(""), asked.data().in(""));
        refuseChange("network", trained.network(), asked.network());
        refuseChange("train", trained.train(), asked.train());
    }

    /** Which design of a sweep a run folder is. */
    private static DesignPoint point(Path runFolder) {
        if (!(RunManifest.read(runFolder).values().get(DESIGN_POINT) instanceof Map<?, ?> written)) {
            return DesignPoint.SINGLE;
        }
        if (written.get("number") instanceof Integer number
                && written.get("keys") instanceof List<?> keys
                && written.get("values") instanceof List<?> values) {
            return new DesignPoint(
                    number,
                    keys.stream().map(String::valueOf).toList(),
                    values.stream().map(String::valueOf).toList());
        }
        throw new IllegalArgumentException(runFolder.resolve(RunManifest.FILE) + " is damaged: " + DESIGN_POINT
                + " has no number, keys and values");
    }

    /** Where a run is put if no folder is named: {@code runs/NAME-HASH}. */
    public static Path defaultFolder(Experiment experiment) {
        return Path.of(
                "runs",
                experiment.name() + "-" + EffectiveConfig.hash(experiment).substring(0, HASH_DIGITS));
    }

    /** All stages; the run folder appears when the last has ended. */
    public RunSummary run(Path target, Start start) {
        return run(target, start, TrainedRuns.none());
    }

    /** The same, with the weights of an earlier run where they would be the same. */
    public RunSummary run(Path target, Start start, TrainedRuns trained) {
        refuseSweep();
        Inputs inputs = inputsOfTraining();
        TrainingOrigin origin = origin(inputs, new ExperimentTraining(file, inputs.network()));
        try (RunFolder folder = open(target, start)) {
            trained.of(origin).ifPresentOrElse(run -> adopt(run, folder.path()), () -> trainInto(folder, inputs));
            RunSummary summary = simulateInto(folder.path(), inputs, Optional.empty());
            folder.publish();
            trained.add(origin, target);
            return summary;
        }
    }

    /** Remembers a finished run of this experiment for those with the same weights. */
    public void remember(Path run, TrainedRuns trained) {
        Inputs inputs = inputs();
        trained.add(origin(inputs, new ExperimentTraining(file, inputs.network())), run);
    }

    private void refuseSweep() {
        if (file.isSweep()) {
            throw file.problem("sweep", "sweep: use 'synaptile sweep' for a file with design points");
        }
    }

    /** Takes over the weights of another run. */
    private void adopt(Path run, Path folder) {
        for (String name : List.of(ModelStore.FILE, ModelStore.LATENT_FILE)) {
            AtomicFile.write(folder.resolve(name), out -> Files.copy(run.resolve(name), out));
        }
        RunManifest manifest = RunManifest.read(run).without(SIMULATION).with(configuration());
        writeManifest(folder, manifest.withFiles(ModelStore.checksums(folder)));
    }

    private TrainingOrigin origin(Inputs inputs, ExperimentTraining training) {
        return TrainingOrigin.of(experiment, inputs.data(), training.sourceHashes());
    }

    /**
     * Checks what can be checked before anything is computed.
     *
     * @throws io.synaptile.experiment.file.ConfigException if the parts of the experiment do not go together
     * @throws io.synaptile.sim.io.DataFileException if its data cannot be read
     */
    public void checkWithTraining(ReadData read) {
        inputsOfTraining(read);
    }

    /** The same, where the weights are those of a run folder. */
    public void checkWithModel(ReadData read, Path run) {
        Inputs inputs = inputs(read);
        SramRecovery.requireFit(file, ModelStore.read(run, inputs.network()));
    }

    private void requireDesign(Network network) {
        Map<Integer, float[]> blank = new TreeMap<>();
        network.synapses().forEach(node -> blank.put(node.id(), new float[node.weightCount()]));
        requireAgeable(design(network, blank, SramRecovery.blank(file, network)));
    }

    /** The first stage: a run folder with the trained model. */
    public RunSummary train(Path target, Start start) {
        refuseSweep();
        Inputs inputs = inputsOfTraining();
        try (RunFolder folder = open(target, start)) {
            RunSummary summary = trainInto(folder, inputs);
            folder.publish();
            return summary;
        }
    }

    /** The second stage: which tile holds what, and the chips and tiles that are asked for. */
    public RunSummary map(Path folder, MapOrder order) {
        return alone(folder, "map", () -> mapInto(folder, order));
    }

    private RunSummary mapInto(Path folder, MapOrder order) {
        ChipDesign design = design(ModelStore.read(folder, network()));
        order.export().ifPresent(tile -> tile.requireTile(design));
        requireAgeable(design);
        RunTables tables = new RunTables(file.point().number(), design);
        ChipStore chips = new ChipStore(folder);
        try (RunUpdate update = RunUpdate.begin(folder)) {
            update.table(Tables.TILES, tables.tiles());
            update.table(Tables.CHIP, tables.chip());
            if (order.instances() > 0) {
                writeChips(update, chips, design, order.instances());
            }
            RunManifest before = RunManifest.read(folder);
            update.commit(before.with(configuration(mapped(before))));
        }
        order.export().ifPresent(tile -> {
            ChipInstance programmed = Files.exists(chips.file(tile.instance()))
                    ? chips.read(design, tile.instance())
                    : TileProgrammer.program(design, experiment.seed(), tile.instance());
            ChipInstance aged = ChipSimulation.aged(design, experiment, programmed);
            tile.write(design, programmed, aged, ExperimentHardware.age(experiment.simulate()));
        });
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        values.put("layers_on_tiles", design.tiles().layers().size());
        values.put("tiles", design.tiles().tiles());
        values.put("cells_used", design.tiles().cellsUsed());
        values.put("tile_utilisation_percent", 100 * design.tiles().utilisation());
        values.put("storage_bits", tables.storageBits());
        if (order.instances() > 0) {
            values.put("chips", order.instances());
        }
        order.export().ifPresent(tile -> values.put("exported", tile.file().toString()));
        return new RunSummary(values, Optional.empty());
    }

    private void writeChips(RunUpdate update, ChipStore chips, ChipDesign design, int instances) {
        progress.begin("program", instances);
        for (int instance = 0; instance < instances; instance++) {
            ChipInstance chip = TileProgrammer.program(design, experiment.seed(), instance);
            update.write(ChipStore.name(instance), ChipStore.content(design, chip)::writeTo);
            progress.advance(1, "chip " + instance);
        }
        chips.beyond(instances).forEach(update::remove);
        progress.end(instances + " chips");
    }

    /** The experiment as it is mapped: how chips are simulated, the age of an exported tile among it, is not for this stage. */
    private Experiment mapped(RunManifest before) {
        return experiment.with(
                ExperimentFile.ofManifest(Path.of(RunManifest.FILE), before.configuration(), List.of(), file.plugIns())
                        .experiment()
                        .simulate());
    }

    /** Does a stage while no other process writes to the folder. */
    private RunSummary alone(Path folder, String stage, Supplier<RunSummary> work) {
        Path real = Links.follow(folder);
        try (FolderLock lock = FolderLock.take(folder, real.resolve(FolderLock.FILE), stage)) {
            if (!lock.isExclusive()) {
                progress.notice(
                        folder + " is on a file system without locks; make sure that no other process writes to it");
            }
            FileSet.finish(real);
            return work.get();
        } catch (IOException e) {
            throw FileWriteException.of(real.resolve(FolderLock.FILE), e);
        }
    }

    /** The third stage: chips, their tables, and the page made from them. */
    public RunSummary simulate(Path folder) {
        return alone(folder, "simulate", () -> simulateInto(folder, inputs(), Optional.empty()));
    }

    /** The same for one chip that the map stage has written. */
    public RunSummary simulate(Path folder, int instance) {
        return alone(folder, "simulate", () -> simulateInto(folder, inputs(), Optional.of(instance)));
    }

    /** The last stage: the page anew from the tables. */
    public RunSummary report(Path folder) {
        return alone(folder, "report", () -> reportInto(folder));
    }

    private RunSummary reportInto(Path folder) {
        RunManifest manifest = RunManifest.read(folder);
        if (!(manifest.values().get(SIMULATION) instanceof Map<?, ?> simulation
                && EffectiveConfig.hash(experiment).equals(simulation.get(HASH)))) {
            throw new IllegalArgumentException(folder
                    + " has not been simulated as it is configured now; run 'synaptile simulate " + folder + "' first");
        }
        try (RunUpdate update = RunUpdate.begin(folder)) {
            RunReport report = ReportStage.report(
                    experiment,
                    file.point(),
                    cells(),
                    new RunReader(folder, manifest),
                    ExperimentCost.of(file),
                    manifest);
            update.page(report);
            update.commit(manifest);
            return summary(manifest, report);
        }
    }

    /** The untrained network, made without reading any image. */
    private Network network() {
        DatasetReader set = ExperimentData.reader(file);
        return ExperimentNetwork.build(file, set.shape(), set.classes());
    }

    /** Kinds of the cells on tiles. */
    public String cells() {
        return PlacedLayers.of(file, network()).cellKinds();
    }

    /** What is read before anything is computed. */
    private record Inputs(BackendChoice choice, DatasetSplits data, Dataset simulated, Network network) {
        ComputeBackend backend() {
            return choice.backend();
        }
    }

    private Inputs inputs() {
        return inputs(new ReadData());
    }

    private Inputs inputs(ReadData read) {
        BackendChoice choice = backend();
        DatasetSplits data = read.load(file, site);
        data.files().forEach(source -> source.reading().ifPresent(progress::notice));
        Dataset simulated = ExperimentData.limited(
                file, "simulate.samples", data.test(), experiment.simulate().samples());
        Network network =
                ExperimentNetwork.build(file, data.train().shape(), data.train().classes());
        requireDesign(network);
        requireAdaptable(network);
        EarlyExit.requireFit(file, network);
        ExperimentCost.of(file).notices().forEach(progress::notice);
        return new Inputs(choice, data, simulated, network);
    }

    /** Asks one cell of every layer whether it knows the age and temperature that are asked for. */
    private void requireAgeable(ChipDesign design) {
        Age age = ExperimentHardware.age(experiment.simulate());
        if (age.equals(Age.NONE)) {
            return;
        }
        for (LayerTiles tiles : design.tiles().layers()) {
            CellModel cell = design.cells(tiles.layer()).cell();
            float[] one = {cell.range().maxMicrosiemens()};
            try {
                cell.age(one, one.clone(), one, age, NoiseStream.of(0, Purpose.AGEING, 0, 0, 0));
            } catch (IllegalArgumentException e) {
                String key = age.seconds() > 0 ? "simulate.age_s" : "simulate.temperature_K";
                throw file.problem(key, key + ": layer " + tiles.name() + ": " + e.getMessage());
            }
        }
    }

    private void requireAdaptable(Network network) {
        SimulateBlock.NormAdaptation block = experiment.simulate().normAdaptation();
        boolean norms = network.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.StepNorm);
        if (block.batches() > 0 && (!norms || experiment.data().batch() < 2)) {
            throw file.problem(
                    "simulate.norm_adaptation.batches",
                    "simulate.norm_adaptation.batches " + block.batches()
                            + " needs a network.norm and a data.batch of at least 2");
        }
        if (block.gammaEpochs() > 0 && block.batches() == 0) {
            throw file.problem(
                    "simulate.norm_adaptation.gamma_epochs",
                    "simulate.norm_adaptation.gamma_epochs " + block.gammaEpochs()
                            + " needs simulate.norm_adaptation.batches of at least 1");
        }
    }

    /** The same, where the training is also to be checked. */
    private Inputs inputsOfTraining() {
        return inputsOfTraining(new ReadData());
    }

    private Inputs inputsOfTraining(ReadData read) {
        Inputs inputs = inputs(read);
        new ExperimentTraining(file, inputs.network()).trainer(inputs.backend(), inputs.data());
        return inputs;
    }

    private BackendChoice backend() {
        BackendChoice choice;
        try {
            choice = BackendChoice.of(experiment.run().backend(), site.withoutTornado());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw file.problem("run.backend", "run.backend: " + e.getMessage());
        }
        choice.notice().ifPresent(progress::notice);
        if (!experiment.run().recompute()) {
            return choice;
        }
        try {
            return new BackendChoice(choice.backend().recomputing(), choice.reason());
        } catch (IllegalArgumentException e) {
            throw file.problem("run.recompute", "run.recompute: " + e.getMessage());
        }
    }

    private RunFolder open(Path target, Start start) {
        return switch (start) {
            case ANEW -> RunFolder.create(target, progress);
            case RESUMED -> RunFolder.resume(target, progress);
        };
    }

    private RunSummary trainInto(RunFolder run, Inputs inputs) {
        ExperimentTraining training = new ExperimentTraining(file, inputs.network());
        Checkpoints checkpoints = new Checkpoints(run, inputs.network(), origin(inputs, training));
        Optional<TrainingState> stopped = checkpoints.newest();
        run.clear();
        TrainedModel model = training.train(inputs.backend(), inputs.data(), stopped, checkpoints, progress);
        Path folder = run.path();
        Map<String, String> metadata = ModelStore.metadata(experiment, model);
        ModelFile deployed = ModelFile.of(model.network(), model.effective(), model.norms(), metadata);
        ModelFile latent = ModelFile.of(model.network(), model.latent(), model.norms(), metadata);
        Optional<SramRecovery> words = training.recovery();
        ModelStore.write(
                folder,
                words.map(sram -> sram.deployed(deployed, model.latent())).orElse(deployed),
                words.map(sram -> sram.latent(latent)).orElse(latent));
        progress.begin("test", 1);
        Evaluation software = ChipSimulation.evaluator(experiment, inputs.backend())
                .evaluate(model.plan(), new DatasetImages(inputs.data().test()));
        progress.advance(1, "");
        progress.end("");
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        values.put("test_accuracy_percent", 100 * software.accuracy());
        values.put("test_images", software.samples());
        values.putAll(training.choice(model, inputs.data()));
        List<String> remarks = SoftwareRemarks.of(inputs.network(), software);
        if (!remarks.isEmpty()) {
            values.put("remarks", String.join("; ", remarks));
        }
        Map<String, Object> manifest = new TreeMap<>(configuration());
        manifest.put("data", ManifestFacts.files(inputs.data()));
        manifest.put("host", ManifestFacts.host());
        manifest.put("backend", inputs.choice().facts());
        manifest.put("weights_prepared_on", training.weightsPreparedOn(inputs.backend(), inputs.data()));
        manifest.put(RunManifest.PRODUCT, Map.of("version", site.version(), "commit", site.commit()));
        manifest.put("training", new TreeMap<>(values));
        manifest.putAll(ModelStore.hashes(folder));
        training.source().ifPresent(source -> manifest.put("source", source.facts()));
        training.recovery().flatMap(SramRecovery::chipHash).ifPresent(hash -> manifest.put(RECOVERED_CHIP, hash));
        writeManifest(folder, new RunManifest(new TreeMap<>(manifest)).withFiles(ModelStore.checksums(folder)));
        return new RunSummary(values, Optional.empty());
    }

    private RunSummary simulateInto(Path folder, Inputs inputs, Optional<Integer> instance) {
        ModelFile model = ModelStore.read(folder, inputs.network());
        ChipDesign design = design(model);
        ChipStore store = new ChipStore(folder);
        Optional<ChipInstance> stored = instance.map(number -> store.read(design, number));
        ChipCosting costing = costing(design);
        ChipBackend computing = ChipBackend.of(inputs.backend(), design);
        computing.notice().ifPresent(progress::notice);
        List<String> remarks = CostRemarks.of(costing.model(), experiment.hardware());
        remarks.forEach(progress::notice);
        ChipSimulation simulation = new ChipSimulation(experiment, inputs.backend(), design, model.norms(), costing);
        DatasetImages images = new DatasetImages(inputs.simulated());
        Evaluation software =
                ChipSimulation.evaluator(experiment, inputs.backend()).evaluate(softwarePlan(model), images);
        Dataset calibration = inputs.data().train();
        List<ChipResult> chips = stored.isPresent()
                ? simulation.run(stored.get(), calibration, inputs.simulated(), progress)
                : simulation.run(calibration, inputs.simulated(), progress);
        RunTables tables = new RunTables(file.point().number(), design);
        List<ResultRow> results = tables.results(chips, experiment.seed(), 100 * software.accuracy());
        List<LayerRow> layers = tables.layers(chips);
        CostTables costs = new CostTables(file.point().number(), costing, tables.layerOfNode());
        RunManifest before = RunManifest.read(folder);
        Map<String, Object> simulated = new TreeMap<>(simulationFacts(computing.facts(inputs.choice()), chips));
        simulated.put(ReportStage.REMARKS, remarks);
        simulated.put("components_without_area", new ArrayList<>(costs.unknownAreas()));
        instance.ifPresent(
                number -> simulated.put("chip", Map.of("instance", number, "sha256", Sha256.of(store.file(number)))));
        if (instance.isEmpty() && before.values().get(RECOVERED_CHIP) instanceof String hash) {
            simulated.put(RECOVERED_ACCURACY, recoveredAccuracy(design, hash, chips));
        }
        simulated.put("software_accuracy_percent", 100 * software.accuracy());
        simulated.put("remarks", ActivityRemarks.of(results, layers));
        Map<String, Object> facts = new TreeMap<>(configuration());
        facts.put(SIMULATION, simulated);
        RunManifest manifest = before.with(facts);
        try (RunUpdate update = RunUpdate.begin(folder)) {
            write(update, results, layers, tables, costs, chips);
            RunReport report =
                    ReportStage.report(experiment, file.point(), cells(), update.staged(), costing.model(), manifest);
            update.page(report);
            update.commit(manifest);
            return summary(manifest, report);
        }
    }

    private void write(
            RunUpdate update,
            List<ResultRow> results,
            List<LayerRow> layers,
            RunTables tables,
            CostTables costs,
            List<ChipResult> chips) {
        update.table(Tables.RESULTS, results);
        update.table(
                Tables.SUMMARY,
                List.of(SummaryRow.of(
                        results, tables.storageBits(), yieldAtPercent(), costs.leakage(chips), conditions())));
        update.table(Tables.STEPS, tables.steps(chips));
        update.table(Tables.LAYERS, layers);
        update.table(Tables.ENERGY, tables.energy(chips));
        update.table(Tables.ENERGY_EVENTS, costs.events(chips));
        update.table(Tables.COST, costs.figures(chips));
        update.table(Tables.AREA, costs.area());
        update.table(Tables.METRICS, tables.metrics(chips, costs.costing()));
        update.table(Tables.TILES, tables.tiles());
        update.table(Tables.CHIP, tables.chip());
        update.table(Tables.LATENCY, tables.latency(chips));
        DesignPoint point = file.point();
        update.table(Tables.points(point.keys()), List.of(new PointRow(point.number(), point.values())));
    }

    private ChipConditions conditions() {
        Age age = ExperimentHardware.age(experiment.simulate());
        return new ChipConditions(age.seconds(), age.kelvin());
    }

    private ChipCosting costing(ChipDesign design) {
        return new ChipCosting(ExperimentCost.of(file), design, ExperimentNetwork.encoder(experiment.network()));
    }

    /** Accuracy that a chip needs, NaN if none is asked for. */
    private double yieldAtPercent() {
        double needed = experiment.simulate().yieldAt();
        return needed > 0 ? needed : Double.NaN;
    }

    /** Accuracy of the chip that SRAM words were trained beside, where the design still programs that chip. */
    private Object recoveredAccuracy(ChipDesign design, String hash, List<ChipResult> chips) {
        int instance = experiment.train().recovery().instance();
        boolean same = SramRecovery.hash(TileProgrammer.program(design, experiment.seed(), instance))
                .equals(hash);
        return same
                ? (Object) chips.get(instance).accuracyPercent()
                : "chip " + instance + " of this hardware is not the one the SRAM words were trained beside";
    }

    private Map<String, Object> simulationFacts(Map<String, Object> backend, List<ChipResult> chips) {
        TreeSet<String> unpriced = new TreeSet<>();
        boolean mixed = false;
        for (EnergyBreakdown energy : chips.getFirst().energy().values()) {
            energy.unpriced().stream().map(EnergyComponent::id).forEach(unpriced::add);
            mixed |= energy.mixesNodes();
        }
        chips.getFirst().costs().leakage().unpriced().stream()
                .map(EnergyComponent::id)
                .forEach(unpriced::add);
        Map<String, Object> facts = new TreeMap<>();
        facts.put("backend", backend);
        facts.put(HASH, EffectiveConfig.hash(experiment));
        facts.put("images", chips.getFirst().samples());
        facts.put("components_without_energy_price", new ArrayList<>(unpriced));
        facts.put("energy_mixes_technology_nodes", mixed);
        ExperimentCost cost = ExperimentCost.of(file);
        cost.file().ifPresent(table -> facts.put("energy_table_sha256", Sha256.of(table)));
        facts.put(
                "timing_sources",
                Map.of(
                        "array_read", cost.timing().read().source(),
                        "digital_layer", cost.timing().digital().source(),
                        "hop", cost.timing().mesh().source()));
        return facts;
    }

    private RunSummary summary(RunManifest manifest, RunReport report) {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        ResultRow chip = report.results().getFirst();
        values.put("software_accuracy_percent", chip.softwareAccuracyPercent());
        values.put("images", chip.images());
        // The same network on all test images, where chips saw fewer.
        if (manifest.values().get("training") instanceof Map<?, ?> training
                && training.get("test_images") instanceof Number all
                && all.intValue() != chip.images()) {
            values.put("test_accuracy_percent", training.get("test_accuracy_percent"));
            values.put("test_images", all);
        }
        if (manifest.values().get(SIMULATION) instanceof Map<?, ?> simulation
                && simulation.containsKey(RECOVERED_ACCURACY)) {
            values.put(RECOVERED_ACCURACY, simulation.get(RECOVERED_ACCURACY));
            values.put(
                    "population_accuracy_mean_percent",
                    report.summary().getFirst().accuracyMeanPercent());
        }
        if (experiment.simulate().yieldAt() > 0) {
            values.put("yield_percent", report.summary().getFirst().yieldPercent());
        }
        if (experiment.simulate().stop() != SimulateBlock.Stop.NONE) {
            values.put("time_steps_used_mean", report.summary().getFirst().timeStepsUsedMean());
        }
        return new RunSummary(values, Optional.of(report));
    }

    private Map<String, Object> configuration() {
        return configuration(experiment);
    }

    private Map<String, Object> configuration(Experiment of) {
        Map<String, Object> values = new TreeMap<>();
        values.put(RunManifest.CONFIGURATION, EffectiveConfig.of(located(of)));
        values.put(HASH, EffectiveConfig.hash(of));
        values.put("name", experiment.name());
        values.put("seed", experiment.seed());
        DesignPoint point = file.point();
        if (!point.equals(DesignPoint.SINGLE)) {
            values.put(DESIGN_POINT, Map.of("number", point.number(), "keys", point.keys(), "values", point.values()));
        }
        values.put("plugins", ManifestFacts.plugIns(file));
        values.put("device_files", ManifestFacts.deviceFiles(experiment));
        return values;
    }

    /** With folder of the data and energy table as they are found from anywhere, for later stages start from the run folder. */
    private Experiment located(Experiment written) {
        String folder = written.data().dir();
        Experiment withData =
                folder.isEmpty() ? written : written.with(written.data().in(absolute("data.dir", folder)));
        HardwareBlock hardware = written.hardware();
        return ExperimentCost.of(file).file().isEmpty()
                ? withData
                : withData.with(hardware.withEnergy(
                        absolute("hardware.energy.table", hardware.energy().table())));
    }

    private String absolute(String key, String name) {
        return file.resolve(key, name).toAbsolutePath().normalize().toString();
    }

    private ChipDesign design(ModelFile model) {
        SramRecovery.requireFit(file, model);
        return design(model.network(), model.weights(), SramRecovery.branches(file, model));
    }

    private ChipDesign design(Network network, Map<Integer, float[]> weights, Map<Integer, SramBranch> words) {
        HardwareSpec hardware = ExperimentHardware.spec(file, network);
        Map<Integer, LayerWeights> written = LayerQuantisers.of(file, network).written(weights);
        try {
            return ChipDesign.of(network, hardware, written, words);
        } catch (IllegalArgumentException e) {
            throw file.refused("hardware", e);
        }
    }

    private static NetworkPlan softwarePlan(ModelFile model) {
        Map<Integer, SynapsePlan> synapses = new TreeMap<>();
        SramRecovery.effective(model).forEach((id, weights) -> synapses.put(id, new SynapsePlan.DensePlan(weights)));
        Map<Integer, NormState> norms = model.norms();
        return new NetworkPlan(model.network(), synapses, norms);
    }

    private static void writeManifest(Path folder, RunManifest manifest) {
        AtomicFile.write(folder.resolve(RunManifest.FILE), out -> out.write(manifest.json()));
    }

    private static void refuseChange(String block, Object trained, Object asked) {
        if (!trained.equals(asked)) {
            throw new IllegalArgumentException(
                    "command line: " + block + " cannot be changed after training; train again with 'synaptile train'");
        }
    }
}
