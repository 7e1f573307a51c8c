/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.ratenorm;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.training.KeepRule;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.conversion.ActivationScales;
import io.synaptile.training.conversion.Converter;
import io.synaptile.training.conversion.TwinNetworks;
import io.synaptile.training.method.Bench;
import io.synaptile.training.method.Conversion;
import io.synaptile.training.method.ConvertingMethod;
import io.synaptile.training.method.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Trains an artificial network whose activations are rates, then lowers the number of steps that these rates need, and converts it.
 *
 * <p>Source: J. Ding et al., "Optimal ANN-SNN conversion for fast and accurate inference in deep spiking neural networks", IJCAI
 * 2021.
 *
 * @param options of the first stage: images themselves, one time step; scales of rate norms are frozen
 * @param trains whether there is a first stage; else the start takes its place
 * @param start makes the state before the first epoch
 * @param rule of the second stage, which begins anew if it is interrupted
 * @param inputUnit value of the input that one spike per step stands for; 1 for values themselves
 */
public record RateNormConversion(
        TwinNetworks twins,
        TrainingOptions options,
        boolean trains,
        KeepRule keep,
        Supplier<TrainingState> start,
        RateRule rule,
        float inputUnit)
        implements ConvertingMethod {
    /** Name in experiment files. */
    public static final String ID = "rate-norm";

    public RateNormConversion {
        Objects.requireNonNull(twins);
        Objects.requireNonNull(rule);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Outcome finish(TrainedModel kept, Bench bench, TrainingListener listener) {
        RateStage stage = new RateStage(twins.artificial(), kept.effective(), options, rule, bench);
        List<RateStage.Look> looks = new ArrayList<>(List.of(stage.before()));
        if (rule.epochs() > 0) {
            looks.addAll(stage.train(looks.getFirst().accuracy(), listener));
        }
        List<Conversion.Saved> saved = new ArrayList<>();
        List<Conversion.Look> seen = new ArrayList<>();
        for (RateStage.Look look : looks) {
            seen.add(new Conversion.Look(
                    look.batch(), look.accuracy(), look.omega(), look.scales(), look.saved() ? name(look) : ""));
            if (look.saved()) {
                saved.add(converted(kept, stage, look));
            }
        }
        Conversion.Saved last = saved.getLast();
        if (rule.epochs() > 0) {
            listener.stageEnded(ended(looks, rule.epochs() * stage.batches()));
        }
        return Outcome.converted(new Conversion(twins, last.artificial(), last.scales(), saved, seen), last.spiking());
    }

    /** How the second stage ended, and which of its models is that of the run. */
    private String ended(List<RateStage.Look> looks, int batches) {
        RateStage.Look last = looks.getLast();
        RateStage.Look kept =
                looks.stream().filter(RateStage.Look::saved).toList().getLast();
        String end = last.accuracy() < looks.getFirst().accuracy() - rule.tolerance()
                ? String.format(
                        Locale.ROOT,
                        "ended after %d of %d batches, with %.2f %% on the validation images",
                        last.batch(),
                        batches,
                        100 * last.accuracy())
                : batches + " batches";
        return end
                + String.format(
                        Locale.ROOT,
                        "; %s is kept, omega %.2f and %.2f %%",
                        kept.batch() == 0 ? "the model of the first stage" : "that of batch " + kept.batch(),
                        kept.omega(),
                        100 * kept.accuracy());
    }

    private Conversion.Saved converted(TrainedModel kept, RateStage stage, RateStage.Look look) {
        TrainedModel model = new TrainedModel(
                kept.network(),
                stage.with(kept.latent(), look.scales()),
                stage.with(kept.effective(), look.scales()),
                kept.keptEpoch(),
                look.accuracy(),
                kept.history());
        Map<Integer, float[]> scales = ActivationScales.ofParameters(kept.network(), model.effective());
        Parameters spiking = new Converter(twins, scales, inputUnit, Set.of()).convert(model.effective());
        return new Conversion.Saved(name(look), model, scales, spiking);
    }

    /** As the published code names its files, with the number of batches before, so that no two have one name. */
    private String name(RateStage.Look look) {
        return String.format(
                Locale.ROOT,
                "%.3f_%.3f_%.3f_%d",
                look.batch() == 0 ? 0.0 : rule.lambda(),
                100 * look.accuracy(),
                look.omega(),
                look.batch());
    }

    /** The scales of a network's rate norms, which the first stage leaves as they are. */
    public static List<ParameterId> scales(Network network) {
        return network.nodes().stream()
                .filter(node -> node.parameters(1).containsKey(Role.SCALE))
                .map(node -> new ParameterId(node.id(), Role.SCALE))
                .toList();
    }
}
