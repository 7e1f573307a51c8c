/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.devices.CellModel;
import io.synaptile.experiment.file.DataBlock;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.experiment.file.LoopBlock;
import io.synaptile.experiment.file.TrainBlock;
import io.synaptile.experiment.file.VariationBlock;
import io.synaptile.experiment.folder.TrainingRecord;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.codec.WeightVariation;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.dataset.Normalisation;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.Descent;
import io.synaptile.training.KeepRule;
import io.synaptile.training.Presentation;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.conversion.TwinNetworks;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.loop.LoopArrays;
import io.synaptile.training.method.Bench;
import io.synaptile.training.method.Course;
import io.synaptile.training.method.Method;
import io.synaptile.training.method.bntt.Bntt;
import io.synaptile.training.method.conversion.AnnConversion;
import io.synaptile.training.method.dsr.Dsr;
import io.synaptile.training.method.loop.InTheLoop;
import io.synaptile.training.method.loop.LoopPolicy;
import io.synaptile.training.method.ratenorm.RateNormConversion;
import io.synaptile.training.method.recovery.Recovery;
import io.synaptile.training.method.stds.Stds;
import io.synaptile.training.optimise.KaimingNormal;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.LogNormalPerturbation;
import io.synaptile.training.transform.Saturation;
import io.synaptile.training.transform.Variation;
import io.synaptile.training.transform.WeightPerturbation;
import io.synaptile.training.variation.CellVariation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How the network of an experiment is trained, resolved once: what it starts from, its transforms, loss, steps and schedule. */
public final class TrainingPlan {
    /** Gain of the initial weights; see {@link XavierUniform}. */
    private static final double PUBLISHED_GAIN = 2;

    /** Deviation of the initial weights of dense layers of artificial networks, from the published code of VGG networks. */
    private static final double DENSE_DEVIATION = 0.01;

    private final Plan plan;
    private final ExperimentFile file;
    private final Experiment experiment;
    private final Network network;
    private final long seed;
    private final LayerQuantisers quantisers;
    private final PrunedLayers pruned;
    private final Descent descent;
    private final Optional<SourceModel> source;
    private final Optional<SramRecovery> recovery;

    private TrainingPlan(Plan plan, long seed) {
        this.plan = plan;
        this.file = plan.file();
        this.experiment = plan.experiment();
        this.network = plan.trained();
        this.seed = seed;
        this.quantisers = LayerQuantisers.of(file, network);
        this.pruned = PrunedLayers.of(file, network);
        this.descent = Optimisation.descent(file, network);
        this.source = readSource();
        this.recovery = readRecovery();
    }

    /**
     * Resolves the training of an experiment.
     *
     * @throws io.synaptile.experiment.file.ConfigException if a model that it starts from cannot be read or does not fit
     */
    public static TrainingPlan of(Plan plan) {
        return of(plan, plan.experiment().seed());
    }

    /**
     * The same with another seed: other weights to begin with, another order of the images, other draws. Particular chips stay
     * those of the experiment.
     */
    public static TrainingPlan of(Plan plan, long seed) {
        return new TrainingPlan(plan, seed);
    }

    /** Ids of the layers that sparse training prunes; none for other methods. */
    public Set<Integer> pruned() {
        return pruned.ids();
    }

    /** State before the first epoch: drawn weights, or those of the model that training starts from. */
    private TrainingState initial() {
        return source.isEmpty() ? drawn() : TrainingState.from(source.get().parameters(), descent);
    }

    /** Time steps of training; an artificial network has no time. */
    private int trainedSteps() {
        return plan.twins().isEmpty() ? plan.timeSteps() : 1;
    }

    /** Parameters that the training of SRAM words starts from. */
    private Parameters withWords(SramRecovery words) {
        Parameters parameters = source.orElseThrow().parameters();
        if (experiment.train().recovery().asPublished()) {
            parameters = parameters.with(drawn().parameters().trainable());
        }
        return parameters.withWeights(words.start());
    }

    private TrainingState drawn() {
        if (experiment.train().method() == TrainBlock.Method.DSR) {
            TrainingState state = TrainingState.initial(network, plan.timeSteps(), new KaimingNormal(0), descent, seed);
            descent.project(network, state.parameters());
            return state;
        }
        if (plan.twins().isEmpty()) {
            return TrainingState.initial(network, plan.timeSteps(), new XavierUniform(PUBLISHED_GAIN), descent, seed);
        }
        TrainingState state = TrainingState.initial(network, 1, new KaimingNormal(denseDeviation()), descent, seed);
        descent.project(network, state.parameters());
        return state;
    }

    /** Deviation of dense layers, 0 for the rule of the others. */
    private double denseDeviation() {
        return experiment.train().method() == TrainBlock.Method.RATE_NORM ? 0 : DENSE_DEVIATION;
    }

    private Optional<SourceModel> readSource() {
        String from = experiment.train().from();
        return from.isEmpty()
                ? Optional.empty()
                : Optional.of(SourceModel.read(file, "train.from", from, network, trainedSteps()));
    }

    private Optional<SramRecovery> readRecovery() {
        boolean hybrid = !plan.hybrid().isEmpty();
        source.ifPresent(model -> {
            if (!hybrid && !model.file().sram().isEmpty()) {
                throw file.problem(
                        "train.from",
                        "train.from " + experiment.train().from()
                                + " is a recovered model, which needs hardware.codec rram-plus-shifted-sram");
            }
        });
        return hybrid
                ? source.map(model -> SramRecovery.of(plan, model, drawn().weights(), quantisers(), this::variation))
                : Optional.empty();
    }

    /** The models that training starts from, as the manifest has them. */
    public Map<String, TrainingRecord.Source> sources() {
        Map<String, TrainingRecord.Source> sources = new TreeMap<>();
        source.ifPresent(model -> sources.put(TrainingRecord.SOURCE, model.recorded()));
        recovery.flatMap(SramRecovery::baseline)
                .ifPresent(model -> sources.put(TrainingRecord.BASELINE, model.recorded()));
        return sources;
    }

    /** What a model that is not trained any further was trained otherwise with than it is used here, in words; empty if nothing. */
    public Optional<String> changedSource() {
        TrainBlock train = experiment.train();
        return source.filter(_ -> train.epochs() == 0)
                .map(model -> String.join("; and with ", model.changes(train.binary())))
                .filter(changes -> !changes.isEmpty())
                .map(changes ->
                        train.from() + " was trained with " + changes + "; without training its accuracy may be lost");
    }

    /** The SRAM words that are trained beside the RRAM weights of that model, if the hardware has any. */
    public Optional<SramRecovery> recovery() {
        return recovery;
    }

    /** Hashes of the models that training starts from, by the key that names them. */
    public Map<String, String> sourceHashes() {
        Map<String, String> hashes = new TreeMap<>();
        source.ifPresent(model -> hashes.put("train.from", model.sha256()));
        recovery.flatMap(SramRecovery::baseline)
                .ifPresent(model -> hashes.put("train.recovery.baseline", model.sha256()));
        return hashes;
    }

    /**
     * The training with everything checked, nothing computed.
     *
     * @param arrays for boards in training; not used where there are none
     * @throws io.synaptile.experiment.file.ConfigException if data, network and training do not go together
     */
    public Course course(ComputeBackend backend, DatasetSplits data, LoopArrays arrays) {
        int batch = experiment.data().batch();
        if (batch > data.train().size()) {
            throw file.problem(
                    "data.batch",
                    "data.batch must be at most " + data.train().size()
                            + ", the training images that are left after validation, got " + batch);
        }
        try {
            return new Course(method(data, arrays), new Bench(backend, data.train(), validation(data)));
        } catch (IllegalArgumentException e) {
            throw file.problem("data.batch", "data.batch: " + e.getMessage());
        }
    }

    /**
     * How the network is trained on these images.
     *
     * @param arrays for boards in training; not used where there are none
     */
    public Method method(DatasetSplits data, LoopArrays arrays) {
        LoopBlock loop = experiment.train().loop();
        if (!loop.isOn()) {
            return method(data);
        }
        try {
            return new InTheLoop(
                    method(data),
                    switch (loop.policy()) {
                        case FORWARD -> LoopPolicy.FORWARD;
                        case BLACK_BOX -> LoopPolicy.BLACK_BOX;
                        case LAYERS -> LoopPolicy.LAYERS;
                        case NONE -> throw new IllegalStateException("no boards in training");
                    },
                    arrays,
                    plan.onBoards(),
                    loop.writeEvery().orElse(0),
                    loop.perturbation().map(Double::floatValue).orElse(0f));
        } catch (IllegalArgumentException e) {
            throw file.problem("train.loop.policy", "train.loop.policy: " + e.getMessage());
        }
    }

    private Method method(DatasetSplits data) {
        TrainBlock block = experiment.train();
        KeepRule keep = block.keepsLast() ? KeepRule.LAST : KeepRule.BEST;
        LayerTransforms transforms = transforms();
        TrainingOptions options = options(data, transforms);
        if (block.method() == TrainBlock.Method.STDS) {
            return new Stds(
                    network, options, pruned.zone(transforms), block.stds().inverseInitial(), keep, this::initial);
        }
        if (plan.twins().isPresent()) {
            return conversion(plan.twins().get(), options, keep, data);
        }
        if (block.method() == TrainBlock.Method.DSR) {
            return new Dsr(
                    network,
                    RatedNetwork.neuron(block.dsr()),
                    options,
                    keep,
                    this::initial,
                    RatedNetwork.start(file, data.train().size()));
        }
        return recovery.<Method>map(words -> new Recovery(
                        network,
                        words.layers(),
                        options,
                        block.prune().enabled() ? block.prune().settleEpochs() : 0,
                        keep,
                        withWords(words)))
                .orElseGet(() -> new Bntt(network, options, keep, this::initial));
    }

    private Method conversion(TwinNetworks twins, TrainingOptions options, KeepRule keep, DatasetSplits data) {
        TrainBlock block = experiment.train();
        if (block.method() == TrainBlock.Method.RATE_NORM) {
            return new RateNormConversion(
                    twins,
                    options,
                    block.epochs() > 0,
                    keep,
                    this::initial,
                    Optimisation.rateRule(block.rateNorm()),
                    ConvertedNetwork.inputUnit(plan.encoder()));
        }
        return new AnnConversion(
                twins,
                options,
                block.epochs() > 0,
                keep,
                this::initial,
                ConvertedNetwork.scales(block.convert()),
                ConvertedNetwork.images(file, data.train().size()),
                ConvertedNetwork.inputUnit(plan.encoder()),
                ConvertedNetwork.binaryIds(block.binary(), network));
    }

    /** Training images stand in where no image is held out for validation. */
    private static Dataset validation(DatasetSplits data) {
        return data.validation().size() == 0 ? data.train() : data.validation();
    }

    private TrainingOptions options(DatasetSplits data, LayerTransforms transforms) {
        TrainBlock train = experiment.train();
        return new TrainingOptions(
                Math.max(1, train.epochs()),
                new Presentation(
                        experiment.data().batch(),
                        trainedSteps(),
                        plan.twins().isEmpty() ? plan.encoder() : new Encoder.Direct(),
                        augmentation(experiment.data().augment(), data.train().normalisation())),
                Optimisation.loss(train, network),
                descent,
                transforms,
                train.earlyStopping().patience(),
                seed,
                experiment.run().effectiveThreads());
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
        LayerTransforms transforms = LayerTransforms.none();
        for (int layer : quantisers.layers()) {
            transforms = transforms.with(pruned.quantiser(file, network, quantisers, layer), Set.of(layer));
        }
        return transforms;
    }

    /** Variation of a quantised layer on tiles. */
    private Variation variation(int layer) {
        PlacedLayers.Cells cells =
                plan.placed().byName().get(network.node(layer).name());
        return new Variation(
                perturbation(layer, cells),
                resample(experiment.train().variation()),
                Variation.Gradient.STRAIGHT_THROUGH);
    }

    /** From latent to effective weights, for layers without SRAM words. */
    private LayerTransforms transforms() {
        LayerTransforms transforms = quantisers();
        if (experiment.train().variation().device() == VariationBlock.Device.RRAM) {
            for (int layer : transforms.stages().keySet()) {
                boolean onTiles =
                        plan.placed().byName().containsKey(network.node(layer).name());
                // A board has the variation that it has.
                boolean inLoop =
                        experiment.train().loop().isOn() && plan.onBoards().contains(layer);
                if (onTiles && !plan.hybrid().contains(layer) && !inLoop) {
                    transforms = transforms.with(variation(layer), Set.of(layer));
                }
            }
        }
        return transforms;
    }

    private WeightPerturbation perturbation(int layer, PlacedLayers.Cells cells) {
        VariationBlock variation = experiment.train().variation();
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
                                    + " has no known sigma for train.variation.model weight, which knows 1, 2, 3, 4 and 8;"
                                    + " model cell takes hardware.cell.programming.sigma");
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

    private static Saturation saturation(VariationBlock variation, WeightGrid grid) {
        return switch (variation.saturate()) {
            case SYMMETRIC -> grid.ownScale() ? new Saturation.LayerMaximum() : new Saturation.Symmetric(1f);
            case NONE -> new Saturation.None();
            case PUBLISHED -> new Saturation.SignedExtremes();
        };
    }

    private static Variation.Resample resample(VariationBlock variation) {
        return switch (variation.resample()) {
            case FORWARD -> Variation.Resample.PER_FORWARD;
            case EPOCH -> Variation.Resample.PER_EPOCH;
            case ONCE -> Variation.Resample.FIXED;
        };
    }
}
