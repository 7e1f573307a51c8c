/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.dsr;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.Descent;
import io.synaptile.training.KeepRule;
import io.synaptile.training.Presentation;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.conversion.ActivationScales;
import io.synaptile.training.method.Bench;
import io.synaptile.training.method.Method;
import io.synaptile.training.method.Phase;
import io.synaptile.training.optimise.Clock;
import io.synaptile.training.optimise.Stretch;
import io.synaptile.training.transform.LayerTransforms;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Differentiation on spike representation: neurons learn by their mean input, see {@link
 * io.synaptile.sim.network.Representation}, from drawn weights or, in a second phase, from those of an artificial network.
 *
 * <p>Source: Q. Meng et al., "Training high-performance low-latency spiking neural networks by differentiation on spike
 * representation", CVPR 2022, and its published code.
 *
 * @param network as {@link RatedNetworks#of} makes it
 * @param neuron of it
 * @param start makes the state before the first epoch, of the spiking network in any case
 * @param artificial what comes before, if anything does; its images are coded directly and have one time step
 */
public record Dsr(
        Network network,
        RatedNeuron neuron,
        TrainingOptions options,
        KeepRule keep,
        Supplier<TrainingState> start,
        Optional<ArtificialStart> artificial)
        implements Method {
    /** Name in experiment files. */
    public static final String ID = "dsr";

    public Dsr {
        Objects.requireNonNull(network);
        Objects.requireNonNull(neuron);
        Objects.requireNonNull(options);
        if (artificial.isPresent() && !neuron.learned()) {
            throw new IllegalArgumentException(
                    "an artificial start calibrates thresholds, which are not to be learned");
        }
        if (artificial.isPresent() && artificial.get().epochs() >= options.epochs()) {
            throw new IllegalArgumentException(
                    "an artificial start of " + artificial.get().epochs() + " epochs leaves none of " + options.epochs()
                            + " to the spiking network");
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public TrainingState initial() {
        TrainingState drawn = start.get();
        return artificial.isEmpty()
                ? drawn
                : TrainingState.from(drawn.parameters().only(id -> id.role() != Role.THRESHOLD), options.descent());
    }

    @Override
    public List<Phase> phases() {
        if (artificial.isEmpty()) {
            return List.of(Phase.of(network, options, options.epochs(), keep));
        }
        int first = artificial.get().epochs();
        TrainingOptions of = stretch(0, first);
        Presentation images = options.images();
        TrainingOptions still = new TrainingOptions(
                of.epochs(),
                new Presentation(images.batch(), 1, new Encoder.Direct(), images.augmentation()),
                of.loss(),
                of.descent(),
                of.transforms(),
                0,
                of.seed(),
                of.threads());
        return List.of(
                Phase.of(RatedNetworks.artificial(network), still, first, KeepRule.LAST),
                new Phase(
                        network,
                        stretch(first, options.epochs() - first),
                        options.epochs(),
                        keep,
                        (before, bench) -> spiking(before, bench, artificial.get())));
    }

    /** The same with a learning rate that is laid out over some of the epochs. */
    private TrainingOptions stretch(int from, int epochs) {
        Descent descent = options.descent();
        return options.with(new Descent(
                descent.optimiser(),
                new Stretch(from, epochs, options.epochs(), descent.schedule()),
                descent.groups()));
    }

    /** The spiking network with what the artificial one has learned. */
    private TrainingState spiking(TrainingState before, Bench bench, ArtificialStart from) {
        Network twin = RatedNetworks.artificial(network);
        LayerTransforms transforms = options.transforms().at(Clock.endOf(before.epochsDone() - 1, options.epochs(), 1));
        Map<Integer, float[]> effective = new TreeMap<>();
        before.weights().forEach((id, latent) -> effective.put(id, transforms.ideal(id, latent)));
        Map<Integer, float[]> scales = ActivationScales.of(
                bench.backend(),
                twin,
                before.parameters().withWeights(effective),
                bench.train(),
                from.images(),
                from.rule(),
                options.threads());
        Parameters parameters =
                Parameters.initial(network, options.images().timeSteps()).with(before.parameters());
        for (Network.Node node : network.nodes()) {
            if (node.layer() instanceof Layer.Neuron) {
                ParameterId id = new ParameterId(node.id(), Role.THRESHOLD);
                parameters.get(id)[0] = neuron.thresholdOf(scales.get(node.id())[0]);
            }
        }
        options.descent().project(network, parameters);
        return before.in(parameters.copy(), options.descent());
    }
}
