/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.conversion;

import io.synaptile.sim.network.Parameters;
import io.synaptile.training.KeepRule;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.conversion.ActivationScales;
import io.synaptile.training.conversion.Converter;
import io.synaptile.training.conversion.ScaleRule;
import io.synaptile.training.conversion.TwinNetworks;
import io.synaptile.training.method.Bench;
import io.synaptile.training.method.Conversion;
import io.synaptile.training.method.ConvertingMethod;
import io.synaptile.training.method.Outcome;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Trains an artificial network, with float or binary weights, and converts it to a spiking one whose thresholds are percentiles of
 * the activations.
 *
 * <p>Source: S. Lu and A. Sengupta, "Exploring the connection between binary and spiking neural networks", Frontiers in
 * Neuroscience 2020.
 *
 * @param options of the artificial network: images themselves, one time step
 * @param trains whether there is training; else the start is converted as it is
 * @param start makes the state before the first epoch
 * @param rule of the scales of rectifiers
 * @param images training images that scales are found on
 * @param inputUnit value of the input that one spike per step stands for; 1 for values themselves
 * @param binary synapses of the artificial network whose weights are binary, by id
 */
public record AnnConversion(
        TwinNetworks twins,
        TrainingOptions options,
        boolean trains,
        KeepRule keep,
        Supplier<TrainingState> start,
        ScaleRule rule,
        int images,
        float inputUnit,
        Set<Integer> binary)
        implements ConvertingMethod {
    /** Name in experiment files. */
    public static final String ID = "conversion";

    public AnnConversion {
        Objects.requireNonNull(twins);
        Objects.requireNonNull(rule);
        binary = Set.copyOf(binary);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Outcome finish(TrainedModel kept, Bench bench, TrainingListener listener) {
        Map<Integer, float[]> scales = ActivationScales.of(
                bench.backend(), twins.artificial(), kept.effective(), bench.train(), images, rule, options.threads());
        Parameters converted = new Converter(twins, scales, inputUnit, binary).convert(kept.effective());
        return Outcome.converted(new Conversion(twins, kept, scales), converted);
    }
}
