/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.HardwareBlock;
import io.synaptile.experiment.file.PruneBlock;
import io.synaptile.experiment.file.RecoveryBlock;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.EffectiveWeights;
import io.synaptile.mapping.chip.ProgrammedLayer;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.codec.SumRounding;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.io.model.SramTensor;
import io.synaptile.sim.network.Network;
import io.synaptile.training.method.recovery.HybridLayer;
import io.synaptile.training.transform.GroupLasso;
import io.synaptile.training.transform.HybridWeights;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.Variation;
import io.synaptile.training.words.SramWords;
import io.synaptile.training.words.WordForm;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * SRAM words trained beside the RRAM weights of a trained model: what they start as, how they become effective weights, and
 * how both are stored.
 */
public final class SramRecovery {
    private final Map<Integer, HybridLayer> layers = new TreeMap<>();
    private final Optional<SourceModel> baseline;
    private final Optional<String> chipHash;

    /**
     * Words of no value for a design that is only to be checked.
     *
     * @throws io.synaptile.experiment.file.ConfigException if a layer cannot be pruned in groups of the size asked for
     */
    public static Map<Integer, SramBranch> blank(Plan plan) {
        HardwareBlock.Recovery block = plan.experiment().hardware().recovery();
        Map<Integer, SramBranch> branches = new TreeMap<>();
        for (int id : plan.hybrid()) {
            Network.Node node = plan.network().node(id);
            branches.put(
                    id,
                    new SramBranch(
                            new float[node.weightCount()],
                            block.sramBits(),
                            block.shift(),
                            1f,
                            false,
                            group(plan, node),
                            rounding(block)));
        }
        return branches;
    }

    /**
     * Prepares the recovery of a trained model.
     *
     * @param drawn weights before training for words that start at random
     * @param quantisers from latent to wanted RRAM weights
     * @param variation of a layer, for words trained beside chips drawn anew
     * @throws io.synaptile.experiment.file.ConfigException if model, words or hardware do not go together
     */
    public static SramRecovery of(
            Plan plan,
            SourceModel source,
            Map<Integer, float[]> drawn,
            LayerTransforms quantisers,
            IntFunction<Variation> variation) {
        ExperimentFile file = plan.file();
        Experiment experiment = plan.experiment();
        Network network = plan.network();
        RecoveryBlock block = experiment.train().recovery();
        int shift = experiment.hardware().recovery().shift();
        Map<Integer, float[]> latent = source.parameters().weights();
        Map<Integer, float[]> wanted = new TreeMap<>();
        latent.forEach((id, weights) -> wanted.put(id, quantisers.ideal(id, weights)));
        Map<Integer, LayerWeights> rram = plan.quantisers().written(wanted);
        Map<Integer, float[]> programmed = Map.of();
        Optional<String> chipHash = Optional.empty();
        if (block.against() == RecoveryBlock.Against.INSTANCE) {
            ChipDesign design = ChipDesign.of(network, plan.hardware(), rram, Map.of(), source.parameters());
            ChipInstance chip = TileProgrammer.program(design, experiment.seed(), block.instance());
            programmed = EffectiveWeights.of(design, chip);
            chipHash = Optional.of(hash(chip));
        }
        Optional<SourceModel> baseline = block.init() == RecoveryBlock.Init.BASELINE
                ? Optional.of(
                        SourceModel.read(file, "train.recovery.baseline", block.baseline(), network, plan.timeSteps()))
                : Optional.empty();
        Map<Integer, float[]> starts = starts(plan, source, baseline, drawn);
        SramRecovery recovery = new SramRecovery(baseline, chipHash);
        for (int id : plan.hybrid()) {
            Network.Node node = network.node(id);
            int rramBits = rram.get(id).quantiserBits();
            if (rramBits == 0) {
                throw file.problem(
                        "train.quantise.bits",
                        "train.quantise must put layer " + node.name()
                                + " on a grid, because its weights are in the RRAM of hardware.codec"
                                + " rram-plus-shifted-sram");
            }
            WordForm form = form(experiment, source, node, rramBits, group(plan, node));
            HybridWeights.Rram cells = programmed.isEmpty()
                    ? new HybridWeights.Rram.Drawn(variation.apply(id))
                    : new HybridWeights.Rram.Programmed(programmed.get(id));
            recovery.layers.put(
                    id,
                    new HybridLayer(
                            latent.get(id),
                            starts.get(id),
                            form.stages(pruning(experiment.train().prune())),
                            new HybridWeights(wanted.get(id), cells, shift, form.divisor()),
                            form));
        }
        return recovery;
    }

    private SramRecovery(Optional<SourceModel> baseline, Optional<String> chipHash) {
        this.baseline = baseline;
        this.chipHash = chipHash;
    }

    /** The model that the words start as, if they start as one of their own. */
    public Optional<SourceModel> baseline() {
        return baseline;
    }

    /** Hash of the conductances of the chip that the words are trained beside, if it is a particular one. */
    public Optional<String> chipHash() {
        return chipHash;
    }

    /** SHA-256 of all conductances of a chip, hexadecimal. */
    public static String hash(ChipInstance chip) {
        Sha256 hash = new Sha256();
        for (ProgrammedLayer layer : chip.layers().values()) {
            for (float[] column : layer.conductances()) {
                ByteBuffer bytes = ByteBuffer.allocate(column.length * Float.BYTES);
                bytes.asFloatBuffer().put(column);
                hash.add(bytes.array());
            }
        }
        return hash.hex();
    }

    /** Latent words before the first epoch, by node id; owned by this object. */
    public Map<Integer, float[]> start() {
        Map<Integer, float[]> words = new TreeMap<>();
        layers.forEach((id, layer) -> words.put(id, layer.start()));
        return words;
    }

    /** Hybrid layers by node id. */
    public Map<Integer, HybridLayer> layers() {
        return Collections.unmodifiableMap(layers);
    }

    /** Words as a model file has them, by node id. */
    public static Map<Integer, SramTensor> tensors(Map<Integer, SramWords> words) {
        Map<Integer, SramTensor> tensors = new TreeMap<>();
        words.forEach((id, own) -> tensors.put(id, tensor(own.form(), own.values())));
        return tensors;
    }

    private static SumRounding rounding(HardwareBlock.Recovery block) {
        return switch (block.rounding()) {
            case EXACT -> SumRounding.EXACT;
            case FLOOR -> SumRounding.FLOOR;
            case NEAREST -> SumRounding.NEAREST;
        };
    }

    /** Stored words of a model as hardware sees them, by node id. */
    public static Map<Integer, SramBranch> branches(HardwareBlock.Recovery block, ModelFile model) {
        SumRounding rounding = rounding(block);
        Map<Integer, SramBranch> branches = new TreeMap<>();
        model.sram()
                .forEach((id, words) -> branches.put(
                        id,
                        new SramBranch(
                                words.values(),
                                words.bits(),
                                words.shift(),
                                words.divisor(),
                                words.zeroLevel(),
                                words.group(),
                                rounding)));
        return branches;
    }

    /**
     * Refuses hardware that cannot hold a model as it was trained.
     *
     * @throws io.synaptile.experiment.file.ConfigException naming the key that differs
     */
    public static void requireFit(Plan plan, ModelFile model) {
        ExperimentFile file = plan.file();
        Set<Integer> hybrid = plan.hybrid();
        if (!hybrid.equals(model.sram().keySet())) {
            throw file.problem(
                    "hardware.codec",
                    "hardware.codec: the model has SRAM words for "
                            + names(model, model.sram().keySet()) + ", the hardware for " + names(model, hybrid)
                            + "; train again with 'synaptile train'");
        }
        Experiment experiment = file.experiment();
        HardwareBlock.Recovery block = experiment.hardware().recovery();
        model.sram().values().forEach(words -> {
            int bits = bits(experiment, words.rramBits());
            if (words.bits() != bits || words.shift() != block.shift()) {
                throw file.problem(
                        "hardware.recovery",
                        "hardware.recovery: the model was trained with words of " + words.bits() + " bits and shift "
                                + words.shift() + ", got " + bits + " and " + block.shift()
                                + "; train again with 'synaptile train'");
            }
        });
    }

    private static String names(ModelFile model, Set<Integer> layers) {
        return layers.isEmpty()
                ? "no layer"
                : String.join(
                        ", ",
                        layers.stream()
                                .map(id -> model.network().node(id).name())
                                .toList());
    }

    /** Weights that every layer of a model acts with where RRAM holds what is wanted, by node id. */
    public static Map<Integer, float[]> effective(ModelFile model) {
        Map<Integer, float[]> weights = new TreeMap<>(model.weights());
        model.sram().forEach((id, words) -> {
            float[] sum = new float[words.values().length];
            new HybridWeights(
                            model.weights().get(id), new HybridWeights.Rram.OnTarget(), words.shift(), words.divisor())
                    .apply(words.values(), sum, null);
            weights.put(id, sum);
        });
        return weights;
    }

    private static Map<Integer, float[]> starts(
            Plan plan, SourceModel source, Optional<SourceModel> baseline, Map<Integer, float[]> drawn) {
        RecoveryBlock block = plan.experiment().train().recovery();
        Network network = plan.network();
        return switch (block.init()) {
            case RRAM -> source.parameters().weights();
            case XAVIER -> drawn;
            case BASELINE -> baseline.orElseThrow().parameters().weights();
            case ZERO -> {
                Map<Integer, float[]> zeros = new TreeMap<>();
                network.synapses().forEach(node -> zeros.put(node.id(), new float[node.weightCount()]));
                yield zeros;
            }
            case SRAM -> {
                Map<Integer, float[]> words = new TreeMap<>();
                for (int id : plan.hybrid()) {
                    SramTensor own = source.sram(network.node(id))
                            .orElseThrow(() -> plan.file()
                                    .problem(
                                            "train.recovery.init",
                                            "train.recovery.init sram needs a recovered model, but train.from "
                                                    + plan.experiment().train().from() + " has no SRAM words for layer "
                                                    + network.node(id).name()));
                    words.put(id, own.values().clone());
                }
                yield words;
            }
        };
    }

    private static WordForm form(
            Experiment experiment, SourceModel source, Network.Node node, int rramBits, int group) {
        RecoveryBlock block = experiment.train().recovery();
        HardwareBlock.Recovery words = experiment.hardware().recovery();
        boolean asPublished = block.asPublished();
        return switch (block.init()) {
            case ZERO -> WordForm.fromZero(rramBits, words.sramBits(), words.shift(), group, asPublished);
            case SRAM ->
                WordForm.continuing(
                        form(source.sram(node).orElseThrow()),
                        rramBits,
                        words.sramBits(),
                        words.shift(),
                        group,
                        asPublished);
            case RRAM, BASELINE, XAVIER ->
                WordForm.beside(rramBits, words.sramBits(), words.shift(), group, asPublished);
        };
    }

    private static WordForm form(SramTensor words) {
        return new WordForm(
                words.rramBits(), words.bits(), words.shift(), words.divisor(), words.zeroLevel(), words.group());
    }

    private static SramTensor tensor(WordForm form, float[] values) {
        return new SramTensor(
                values, form.rramBits(), form.bits(), form.shift(), form.divisor(), form.zeroLevel(), form.group());
    }

    private static int bits(Experiment experiment, int rramBits) {
        HardwareBlock.Recovery words = experiment.hardware().recovery();
        return WordForm.bits(
                rramBits,
                words.sramBits(),
                words.shift(),
                experiment.train().recovery().asPublished());
    }

    private static WordForm.Pruning pruning(PruneBlock prune) {
        return new WordForm.Pruning(prune.lambda(), prune.ratio(), prune.constantMean(), prune.threshold());
    }

    /** Weights per pruned group of a layer, 0 if it is not pruned. */
    private static int group(Plan plan, Network.Node node) {
        PruneBlock prune = plan.experiment().train().prune();
        boolean first = node.equals(plan.network().synapses().getFirst());
        if (!prune.enabled() || first && prune.keepFirst()) {
            return 0;
        }
        try {
            return GroupLasso.groupSize(node.weightShape(), prune.group());
        } catch (IllegalArgumentException e) {
            throw plan.file()
                    .problem(
                            "train.prune.group",
                            "train.prune.group " + prune.group() + " does not divide the " + node.weightShape()[1]
                                    + " input channels of layer " + node.name());
        }
    }
}
