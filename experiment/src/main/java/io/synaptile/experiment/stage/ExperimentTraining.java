/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.devices.CellModel;
import io.synaptile.experiment.Progress;
import io.synaptile.experiment.file.DataBlock;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.experiment.file.TrainBlock;
import io.synaptile.experiment.folder.Checkpoints;
import io.synaptile.experiment.plan.DatasetImages;
import io.synaptile.experiment.plan.ExperimentNetwork;
import io.synaptile.experiment.plan.LayerQuantisers;
import io.synaptile.experiment.plan.PlacedLayers;
import io.synaptile.experiment.plan.SourceModel;
import io.synaptile.experiment.plan.SramRecovery;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.codec.WeightVariation;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.dataset.Normalisation;
import io.synaptile.sim.network.Network;
import io.synaptile.training.BatchProgress;
import io.synaptile.training.EpochResult;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.Trainer;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.CosineSchedule;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.SteppedSchedule;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.LogNormalPerturbation;
import io.synaptile.training.transform.Saturation;
import io.synaptile.training.transform.Variation;
import io.synaptile.training.transform.WeightPerturbation;
import io.synaptile.training.variation.CellVariation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Trains the network of an experiment as its train block says. */
final class ExperimentTraining {
    /** Gain of the initial weights; see {@link XavierUniform}. */
    private static final double PUBLISHED_GAIN = 2;

    private final ExperimentFile file;
    private final Experiment experiment;
    private final Network network;
    private Optional<SourceModel> source;
    private Optional<SramRecovery> recovery;

    ExperimentTraining(ExperimentFile file, Network network) {
        this.file = file;
        this.experiment = file.experiment();
        this.network = network;
    }

    /**
     * Trains to the last epoch and takes the one that {@code train.keep} says.
     *
     * @param stopped where an earlier process stopped, empty to begin
     */
    TrainedModel train(
            ComputeBackend backend,
            DatasetSplits data,
            Optional<TrainingState> stopped,
            Checkpoints checkpoints,
            Progress progress) {
        Trainer trainer = trainer(backend, data);
        TrainBlock block = experiment.train();
        int settled = block.epochs() - (block.prune().enabled() ? block.prune().settleEpochs() : 0);
        int batches = Math.ceilDiv(data.train().size(), experiment.data().batch());
        progress.begin("train", (long) batches * block.epochs() - visited(stopped, batches, progress));
        TrainedModel model;
        try {
            Listener listener = new Listener(checkpoints, progress, judge(data));
            TrainingState end = trainer.advance(stopped.orElseGet(this::initial), settled, listener);
            if (settled < block.epochs()) {
                end = trainer(backend, data, transforms(true)).advance(end, block.epochs(), listener);
            }
            model = block.keepsLast()
                    ? TrainedModel.last(network, transforms(false), end)
                    : TrainedModel.of(network, transforms(false), end);
        } catch (ArithmeticException e) {
            // Continued, it would come to the same end.
            checkpoints.discard();
            throw file.problem(
                    "train.optimizer.lr",
                    "train.optimizer.lr " + block.optimizer().lr() + ": " + e.getMessage());
        }
        progress.end(String.format(
                Locale.ROOT,
                "epoch %d of %d is kept with %.2f %% on the %s images",
                model.keptEpoch() + 1,
                block.epochs(),
                100 * model.validationAccuracy(),
                judge(data)));
        return model;
    }

    /** Images that the accuracy after every epoch is of, as a word before "images". */
    private static String judge(DatasetSplits data) {
        return data.validation().size() == 0 ? "training" : "validation";
    }

    /** Which epoch a model is of and why, for people and programs. */
    SequencedMap<String, Object> choice(TrainedModel model, DatasetSplits data) {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        boolean held = data.validation().size() > 0;
        // Accuracy on images that were learnt is no validation accuracy.
        facts.put(
                held ? "validation_accuracy_percent" : "training_images_accuracy_percent",
                100 * model.validationAccuracy());
        facts.put("kept_epoch", model.keptEpoch() + 1);
        TrainBlock block = experiment.train();
        String by = held
                ? "accuracy on the " + data.validation().size() + " validation images"
                : "accuracy on the " + data.train().size()
                        + " training images, because data.validation holds none back";
        String last = block.keep() == TrainBlock.Keep.LAST
                ? "it is the last (train.keep)"
                : "it is the last, because SRAM words are pruned (train.keep auto)";
        facts.put("kept_epoch_chosen_by", block.keepsLast() ? last : by);
        return facts;
    }

    /** Batches that an earlier process has visited. */
    private long visited(Optional<TrainingState> stopped, int batches, Progress progress) {
        if (stopped.isEmpty()) {
            return 0;
        }
        int epochs = stopped.get().epochsDone();
        int begun =
                stopped.get().begun().map(TrainingState.BegunEpoch::batchesDone).orElse(0);
        progress.notice("continuing after epoch " + epochs + " of "
                + experiment.train().epochs() + (begun == 0 ? "" : " and " + begun + " of " + batches + " batches"));
        return (long) batches * epochs + begun;
    }

    /** State before the first epoch: drawn weights, or those of the model that training starts from. */
    private TrainingState initial() {
        TrainingState drawn = drawn();
        if (source().isEmpty()) {
            return drawn;
        }
        SourceModel model = source().get();
        Map<Integer, float[]> weights = model.weights();
        Map<Integer, NormState> norms = model.norms();
        if (recovery().isPresent()) {
            if (experiment.train().recovery().asPublished()) {
                weights.putAll(drawn.latent());
                norms.replaceAll((id, norm) -> new NormState(
                        norm.steps(), norm.channels(), drawn.norms().get(id).gamma(), norm.mean(), norm.variance()));
            }
            weights.putAll(recovery().get().start());
        }
        return new TrainingState(
                0,
                Optional.empty(),
                weights,
                drawn.velocity(),
                norms,
                drawn.gammaVelocity(),
                Optional.empty(),
                List.of());
    }

    private TrainingState drawn() {
        return TrainingState.initial(
                network, experiment.network().timeSteps(), new XavierUniform(PUBLISHED_GAIN), experiment.seed());
    }

    /** The model that training starts from, if it does not start from drawn weights. */
    Optional<SourceModel> source() {
        if (source == null) {
            String from = experiment.train().from();
            source = from.isEmpty()
                    ? Optional.empty()
                    : Optional.of(SourceModel.read(
                            file,
                            "train.from",
                            from,
                            network,
                            experiment.network().timeSteps()));
        }
        return source;
    }

    /** The SRAM words that are trained beside the RRAM weights of that model, if the hardware has any. */
    Optional<SramRecovery> recovery() {
        if (recovery == null) {
            boolean hybrid = !SramRecovery.layers(file, network).isEmpty();
            source().ifPresent(model -> {
                if (!hybrid && !model.file().sram().isEmpty()) {
                    throw file.problem(
                            "train.from",
                            "train.from " + experiment.train().from()
                                    + " is a recovered model, which needs hardware.codec rram-plus-shifted-sram");
                }
            });
            recovery = hybrid
                    ? source().map(model -> SramRecovery.of(
                            file,
                            model,
                            drawn().latent(),
                            quantisers(),
                            LayerQuantisers.of(file, network)::written,
                            this::variation))
                    : Optional.empty();
        }
        return recovery;
    }

    /** Hashes of the models that training starts from, by the key that names them. */
    Map<String, String> sourceHashes() {
        Map<String, String> hashes = new TreeMap<>();
        source().ifPresent(model -> hashes.put("train.from", model.sha256()));
        recovery()
                .flatMap(SramRecovery::baseline)
                .ifPresent(model -> hashes.put("train.recovery.baseline", model.sha256()));
        return hashes;
    }

    /**
     * A trainer with everything checked, nothing computed.
     *
     * @throws io.synaptile.experiment.file.ConfigException if data, network and training do not go together
     */
    Trainer trainer(ComputeBackend backend, DatasetSplits data) {
        return trainer(backend, data, transforms(false));
    }

    private Trainer trainer(ComputeBackend backend, DatasetSplits data, LayerTransforms transforms) {
        int batch = experiment.data().batch();
        if (batch > data.train().size()) {
            throw file.problem(
                    "data.batch",
                    "data.batch must be at most " + data.train().size()
                            + ", the training images that are left after validation, got " + batch);
        }
        TrainingOptions options = options(data, transforms);
        try {
            return new Trainer(
                    backend, network, new DatasetImages(data.train()), new DatasetImages(validation(data)), options);
        } catch (IllegalArgumentException e) {
            throw file.problem("data.batch", "data.batch: " + e.getMessage());
        }
    }

    /** Where {@link #train} prepares weights, for the run record. */
    String weightsPreparedOn(ComputeBackend backend, DatasetSplits data) {
        return trainer(backend, data).weightsPreparedOn().id();
    }

    /** Training images stand in where no image is held out for validation. */
    private static Dataset validation(DatasetSplits data) {
        return data.validation().size() == 0 ? data.train() : data.validation();
    }

    private TrainingOptions options(DatasetSplits data, LayerTransforms transforms) {
        TrainBlock train = experiment.train();
        return new TrainingOptions(
                train.epochs(),
                experiment.data().batch(),
                experiment.network().timeSteps(),
                ExperimentNetwork.encoder(experiment.network()),
                new SoftmaxCrossEntropy(),
                new Sgd((float) train.optimizer().momentum(), (float)
                        train.optimizer().weightDecay()),
                schedule(train),
                transforms,
                augmentation(experiment.data().augment(), data.train().normalisation()),
                experiment.seed(),
                experiment.run().effectiveThreads());
    }

    private static Schedule schedule(TrainBlock train) {
        double rate = train.optimizer().lr();
        return switch (train.schedule()) {
            case STEPPED -> SteppedSchedule.onTime(rate, train.epochs());
            case STEPPED_PUBLISHED -> SteppedSchedule.asPublished(rate, train.epochs());
            case COSINE -> new CosineSchedule(rate, train.epochs());
            case CONSTANT -> Schedule.constant(rate);
        };
    }

    private static Augmentation augmentation(DataBlock.Augment augment, Normalisation normalisation) {
        List<Float> black = new ArrayList<>();
        for (int c = 0; c < normalisation.mean().size(); c++) {
            black.add(-normalisation.mean().get(c) / normalisation.deviation().get(c));
        }
        return new Augmentation(augment.crop(), augment.flip(), black);
    }

    /** From latent to unvaried weights. */
    private LayerTransforms quantisers() {
        LayerQuantisers quantisers = LayerQuantisers.of(file, network);
        LayerTransforms transforms = LayerTransforms.none();
        for (int layer : quantisers.layers()) {
            transforms = transforms.with(quantisers.transform(layer), Set.of(layer));
        }
        return transforms;
    }

    /** Variation of a quantised layer on tiles. */
    private Variation variation(int layer) {
        PlacedLayers placed = PlacedLayers.of(file, network);
        PlacedLayers.Cells cells = placed.byName().get(network.node(layer).name());
        return new Variation(
                perturbation(layer, LayerQuantisers.of(file, network), cells),
                resample(experiment.train().variation()),
                Variation.Gradient.STRAIGHT_THROUGH);
    }

    /**
     * From latent to effective weights.
     *
     * @param settled whether pruning is over
     */
    private LayerTransforms transforms(boolean settled) {
        Optional<SramRecovery> words = recovery();
        LayerTransforms transforms = quantisers();
        if (experiment.train().variation().device() == TrainBlock.Variation.Device.RRAM) {
            Set<Integer> hybrid = SramRecovery.layers(file, network);
            PlacedLayers placed = PlacedLayers.of(file, network);
            for (int layer : transforms.stages().keySet()) {
                if (placed.byName().containsKey(network.node(layer).name()) && !hybrid.contains(layer)) {
                    transforms = transforms.with(variation(layer), Set.of(layer));
                }
            }
        }
        return words.isPresent() ? words.get().over(transforms, settled) : transforms;
    }

    private WeightPerturbation perturbation(int layer, LayerQuantisers quantisers, PlacedLayers.Cells cells) {
        TrainBlock.Variation variation = experiment.train().variation();
        WeightGrid grid = quantisers.grid(layer);
        return switch (variation.model()) {
            case WEIGHT -> {
                // A cell of a ternary pair has two states, as one of a single bit has.
                int bits = quantisers.isTernary(layer) ? 1 : grid.bits();
                try {
                    double sigma = LogNormalPerturbation.sigma(bits) * variation.scale();
                    yield new LogNormalPerturbation(sigma, saturation(variation, grid));
                } catch (IllegalArgumentException e) {
                    String key = quantisers.key(layer) + ".bits";
                    throw file.problem(
                            key,
                            key + " " + bits
                                    + " has no known sigma for train.variation.model weight, which knows 1, 2, 3, 4 and 8; model cell takes hardware.cell.programming.sigma");
                }
            }
            case CELL -> {
                Network.Node node = network.node(layer);
                CellModel cell = scaled(cells.cell(), node.name(), variation.scale());
                WeightVariation drawn = WeightVariation.onGrid(
                        cells.codec(),
                        grid,
                        cell,
                        cells.weightBits(),
                        node.fanIn(),
                        node.weightCount() / node.fanIn(),
                        file.experiment().hardware().tile().columns());
                yield new CellVariation(drawn);
            }
        };
    }

    /** A cell with its programming variation scaled once more. */
    private CellModel scaled(HardwareBlock.Cell cell, String layer, double scale) {
        Map<String, Object> options = new TreeMap<>(cell.options());
        if (scale != 1) {
            String key = "programming.scale";
            if (!file.cells().provider(cell.kind()).options().contains(key)) {
                throw file.problem(
                        "train.variation.scale",
                        "train.variation.scale must be 1 for a cell of kind " + cell.kind() + ", which layer " + layer
                                + " has and which has no programming.scale, got " + scale);
            }
            double own = options.get(key) instanceof Number number ? number.doubleValue() : 1;
            options.put(key, own * scale);
        }
        return file.cells().create(cell.kind(), options);
    }

    private static Saturation saturation(TrainBlock.Variation variation, WeightGrid grid) {
        return switch (variation.saturate()) {
            case SYMMETRIC -> grid.ownScale() ? new Saturation.LayerMaximum() : new Saturation.Symmetric(1f);
            case NONE -> new Saturation.None();
            case PUBLISHED -> new Saturation.SignedExtremes();
        };
    }

    private static Variation.Resample resample(TrainBlock.Variation variation) {
        return switch (variation.resample()) {
            case FORWARD -> Variation.Resample.PER_FORWARD;
            case EPOCH -> Variation.Resample.PER_EPOCH;
            case ONCE -> Variation.Resample.FIXED;
        };
    }

    /** Passes what training says on to the progress and writes checkpoints. */
    private final class Listener implements TrainingListener {
        private static final double NANOS_PER_MINUTE = 60e9;

        private final Checkpoints checkpoints;
        private final Progress progress;
        private final String judge;
        private long savedNanos = System.nanoTime();

        /** @param judge which images tell the accuracy of an epoch */
        Listener(Checkpoints checkpoints, Progress progress, String judge) {
            this.checkpoints = checkpoints;
            this.progress = progress;
            this.judge = judge;
        }

        private void save(TrainingState state) {
            checkpoints.save(state);
            savedNanos = System.nanoTime();
        }

        @Override
        public void betweenBatches(Supplier<TrainingState> state) {
            double minutes = (System.nanoTime() - savedNanos) / NANOS_PER_MINUTE;
            if (minutes >= experiment.run().checkpointMinutes()) {
                save(state.get());
            }
        }

        @Override
        public void batchFinished(BatchProgress batch) {
            progress.advance(
                    1,
                    String.format(
                            Locale.ROOT,
                            "epoch %d/%d, loss %.3f, %.0f images/s",
                            batch.epoch() + 1,
                            batch.epochs(),
                            batch.loss(),
                            batch.imagesPerSecond()));
        }

        @Override
        public void epochFinished(EpochResult result, TrainingState state) {
            save(state);
            progress.advance(
                    0,
                    String.format(
                            Locale.ROOT,
                            "epoch %d, %.2f %% on %s images",
                            result.epoch() + 1,
                            100 * result.validationAccuracy(),
                            judge));
        }
    }
}
