/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.OptimizerBlock;
import io.synaptile.experiment.file.ParameterBlock;
import io.synaptile.experiment.file.RateNormBlock;
import io.synaptile.experiment.file.ScheduleBlock;
import io.synaptile.experiment.file.SpikeRateBlock;
import io.synaptile.experiment.file.TrainBlock;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.training.Descent;
import io.synaptile.training.ParameterGroups;
import io.synaptile.training.method.ratenorm.RateNormConversion;
import io.synaptile.training.method.ratenorm.RateRule;
import io.synaptile.training.optimise.Adam;
import io.synaptile.training.optimise.CosineSchedule;
import io.synaptile.training.optimise.HalvingSchedule;
import io.synaptile.training.optimise.Loss;
import io.synaptile.training.optimise.LossWithHidden;
import io.synaptile.training.optimise.MilestoneSchedule;
import io.synaptile.training.optimise.OneCycleSchedule;
import io.synaptile.training.optimise.Optimiser;
import io.synaptile.training.optimise.ParameterGroup;
import io.synaptile.training.optimise.Projection;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.SpikeRatePenalty;
import io.synaptile.training.optimise.SquaredError;
import io.synaptile.training.optimise.StepCosineSchedule;
import io.synaptile.training.optimise.StepWarmUp;
import io.synaptile.training.optimise.SteppedSchedule;
import io.synaptile.training.optimise.WarmUp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an experiment says of loss, update rule, learning rate and groups of parameters. */
final class Optimisation {
    private static final String GROUPS = "train.per_layer";

    /** Usual steps of warm-up of networks that learn by rates, from the published code, and the most of all that they take. */
    private static final int RATED_WARM_UP = 400;

    private static final double RATED_WARM_SHARE = 0.1;

    private Optimisation() {}

    /** The loss that a network is trained by. */
    static Loss loss(TrainBlock train, Network network) {
        Loss ofScores = switch (train.loss().kind()) {
            case CROSS_ENTROPY ->
                new SoftmaxCrossEntropy(train.loss().labelSmoothing().orElseThrow());
            case MSE -> new SquaredError();
        };
        SpikeRateBlock rate = train.spikeRate();
        return rate.weight() == 0
                ? ofScores
                : new LossWithHidden(
                        ofScores, new SpikeRatePenalty(neurons(network), rate.weight(), rate.abovePercent() / 100));
    }

    private static Set<Integer> neurons(Network network) {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Neuron)
                .map(Network.Node::id)
                .collect(Collectors.toSet());
    }

    /**
     * How the parameters of a network move.
     *
     * @throws io.synaptile.experiment.file.ConfigException if {@code train.per_layer} does not fit the network
     */
    static Descent descent(ExperimentFile file, Network network) {
        TrainBlock train = file.experiment().train();
        return new Descent(optimiser(train.optimizer()), schedule(train), groups(file, network));
    }

    private static Optimiser optimiser(OptimizerBlock block) {
        return switch (block.kind()) {
            case SGD ->
                new Sgd(
                        block.momentum().orElseThrow().floatValue(),
                        block.nesterov().orElseThrow());
            case ADAM -> adam(block, false);
            case ADAMW -> adam(block, true);
        };
    }

    private static Optimiser adam(OptimizerBlock block, boolean decoupled) {
        return new Adam(
                block.beta1().orElseThrow().floatValue(),
                block.beta2().orElseThrow().floatValue(),
                block.epsilon().orElseThrow().floatValue(),
                decoupled);
    }

    private static Schedule schedule(TrainBlock train) {
        Schedule schedule = schedule(train.schedule(), train.optimizer().lr(), Math.max(1, train.epochs()));
        if (train.method() == TrainBlock.Method.DSR) {
            int warm = train.dsr().warmUp();
            return warm == 0
                    ? new StepWarmUp(RATED_WARM_UP, RATED_WARM_SHARE, schedule)
                    : new StepWarmUp(warm, 1, schedule);
        }
        return train.schedule()
                .warmUp()
                .<Schedule>map(warm -> new WarmUp(warm, Math.max(1, train.epochs()), schedule))
                .orElse(schedule);
    }

    private static Schedule schedule(ScheduleBlock block, double rate, int epochs) {
        return switch (block.kind()) {
            case STEPPED -> SteppedSchedule.onTime(rate, epochs);
            case STEPPED_PUBLISHED -> SteppedSchedule.asPublished(rate, epochs);
            case MILESTONES ->
                new MilestoneSchedule(
                        rate, block.epochs().orElseThrow(), block.factor().orElseThrow());
            case HALVING -> new HalvingSchedule(rate, block.every().orElseThrow());
            case COSINE ->
                switch (block.by().orElseThrow()) {
                    case EPOCH -> new CosineSchedule(rate, epochs);
                    case STEP -> new StepCosineSchedule(rate);
                };
            case CONSTANT -> Schedule.constant(rate);
            case ONE_CYCLE ->
                new OneCycleSchedule(
                        rate,
                        block.rise().orElseThrow(),
                        block.start().orElseThrow(),
                        block.end().orElseThrow());
        };
    }

    private static ParameterGroups groups(ExperimentFile file, Network network) {
        TrainBlock train = file.experiment().train();
        Map<String, ParameterBlock> blocks = train.perLayer();
        Map<String, Set<Role>> roles = new TreeMap<>();
        blocks.forEach((name, block) -> roles.put(name, roles(file, GROUPS + "." + name + ".roles", block.roles())));
        float decay = (float) train.optimizer().weightDecay();
        Map<ParameterId, ParameterGroup> groups = new TreeMap<>();
        Map<ParameterId, LayerPatterns.Entry<ParameterBlock>> own =
                LayerPatterns.parameters(file, GROUPS, blocks, network, roles::get);
        own.forEach((id, entry) -> groups.put(id, group(entry.value(), id.role(), decay)));
        if (train.method() == TrainBlock.Method.RATE_NORM) {
            ParameterGroup still = new ParameterGroup(0f, 1f, true, List.of());
            RateNormConversion.scales(network).forEach(id -> groups.put(id, still));
        }
        if (train.method() == TrainBlock.Method.DSR) {
            Projection least = new Projection.AtLeast((float) train.dsr().bound());
            for (Network.Node node : network.nodes()) {
                ParameterId id = new ParameterId(node.id(), Role.THRESHOLD);
                if (node.parameters(1).containsKey(Role.THRESHOLD)) {
                    groups.merge(id, ParameterGroup.decaying(decay).with(least), (given, _) -> given.with(least));
                }
            }
        }
        for (int node : ConvertedNetwork.binaryIds(train.binary(), network)) {
            groups.merge(ParameterId.weight(node), binary(ParameterGroup.decaying(decay)), (given, _) -> binary(given));
        }
        PrunedLayers pruned = PrunedLayers.of(file, network);
        for (int node : pruned.ids()) {
            groups.merge(
                    ParameterId.weight(node),
                    ParameterGroup.decaying(decay).withSignPenalty(pruned.signPenalty()),
                    (given, _) -> given.withSignPenalty(pruned.signPenalty()));
        }
        blocks.forEach((name, block) -> {
            boolean weights = own.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().role() == Role.WEIGHT
                            && entry.getValue().key().equals(GROUPS + "." + name));
            if (block.centre() && !weights) {
                String key = GROUPS + "." + name + ".centre";
                throw file.problem(key, key + " is about weights, and no weights have it");
            }
        });
        return new ParameterGroups(
                ParameterGroup.decaying(decay), groups, train.optimizer().decayEpochs());
    }

    /**
     * How the scales of rate norms move in the second stage.
     */
    static RateRule rateRule(RateNormBlock block) {
        return new RateRule(
                block.epochs(),
                block.lambda(),
                block.tolerancePercent() / 100,
                (float) block.initialScale(),
                block.shareScale(),
                block.teacher() == RateNormBlock.Teacher.SELF,
                switch (block.optimizer()) {
                    case SGD -> new Sgd(block.momentum().orElseThrow().floatValue(), false);
                    case ADAM -> new Adam(0.9f, 0.999f, 1e-8f, false);
                },
                (float) block.lr(),
                (float) block.weightDecay(),
                block.validateEvery());
    }

    /** What is done to the latent weights behind binary ones after every step. */
    private static ParameterGroup binary(ParameterGroup group) {
        return group.with(new Projection.Centred()).with(new Projection.Clamp(-1f, 1f));
    }

    private static Set<Role> roles(ExperimentFile file, String key, List<String> words) {
        Map<String, Role> known = Arrays.stream(Role.values())
                .filter(Role::isTrainable)
                .collect(Collectors.toMap(Role::id, role -> role, (a, _) -> a, TreeMap::new));
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : words) {
            if (!known.containsKey(word)) {
                throw file.problem(
                        key, key + " must be among " + String.join(", ", known.keySet()) + ", got '" + word + "'");
            }
            roles.add(known.get(word));
        }
        return roles.isEmpty() ? Set.copyOf(known.values()) : roles;
    }

    private static ParameterGroup group(ParameterBlock block, Role role, float decay) {
        List<Projection> projections = new ArrayList<>();
        if (block.centre() && role == Role.WEIGHT) {
            projections.add(new Projection.Centred());
        }
        block.clamp()
                .ifPresent(bounds -> projections.add(new Projection.Clamp(
                        bounds.getFirst().floatValue(), bounds.getLast().floatValue())));
        return new ParameterGroup(
                block.weightDecay().map(Double::floatValue).orElse(role.decays() ? decay : 0f),
                (float) block.lrFactor(),
                block.frozen(),
                projections);
    }
}
