/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.plan.Plan;
import io.synaptile.reports.table.ConversionLayerRow;
import io.synaptile.reports.table.ConversionRow;
import io.synaptile.reports.table.RateNormRow;
import io.synaptile.reports.table.TableSet;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.conversion.RateErrors;
import io.synaptile.training.method.Conversion;
import io.synaptile.training.method.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tables that say how a converted network follows the artificial one, on all test images or the first of them. */
final class ConversionCurves {
    /** Images that rates are compared on. */
    private static final int COMPARED_IMAGES = 256;

    private final Inputs inputs;
    private final long seed;

    ConversionCurves(Inputs inputs, long seed) {
        this.inputs = inputs;
        this.seed = seed;
    }

    /** Accuracy of the artificial network on all test images, in per cent. */
    private double artificialPercent(TrainedModel artificial) {
        Plan plan = inputs.plan();
        Evaluator evaluator = new Evaluator(
                inputs.backend(),
                1,
                new Encoder.Direct(),
                plan.experiment().seed(),
                Evaluator.TEST_PASS,
                plan.experiment().data().batch(),
                plan.experiment().run().effectiveThreads());
        return 100 * evaluator.evaluate(artificial.plan(), inputs.data().test()).accuracy();
    }

    /**
     * The tables, added to those of the training.
     *
     * @param software the spiking network on all test images
     */
    TableSet add(TableSet training, Outcome outcome, Evaluation software) {
        Conversion conversion = outcome.conversion().orElseThrow();
        return training.with(Tables.CONVERSION, accuracies(outcome, conversion, software))
                .with(Tables.CONVERSION_LAYERS, layers(outcome, conversion, software.timeSteps()))
                .with(Tables.RATE_NORM, looks(conversion));
    }

    /** Every saved model; the last of them is the one that was evaluated already. */
    private List<ConversionRow> accuracies(Outcome outcome, Conversion conversion, Evaluation software) {
        Network network = outcome.model().network();
        if (conversion.saved().isEmpty()) {
            return accuracies("", artificialPercent(conversion.artificial()), network, software);
        }
        List<ConversionRow> rows = new ArrayList<>();
        for (Conversion.Saved model : conversion.saved()) {
            Evaluation found = model.equals(conversion.saved().getLast())
                    ? software
                    : ChipSimulation.evaluator(inputs)
                            .evaluate(
                                    NetworkPlan.ideal(network, model.spiking()),
                                    inputs.data().test());
            rows.addAll(accuracies(model.name(), artificialPercent(model.artificial()), network, found));
        }
        return rows;
    }

    private List<RateNormRow> looks(Conversion conversion) {
        double lambda = inputs.plan().experiment().train().rateNorm().lambda();
        return conversion.looks().stream()
                .map(look -> new RateNormRow(
                        point(),
                        seed,
                        look.batch(),
                        lambda,
                        100 * look.accuracy(),
                        look.omega(),
                        IntStream.range(0, look.scales().length)
                                .mapToObj(i -> Float.toString(look.scales()[i]))
                                .collect(Collectors.joining(" ")),
                        look.model()))
                .toList();
    }

    private int point() {
        return inputs.plan().file().point().number();
    }

    private List<ConversionRow> accuracies(
            String model, double artificialPercent, Network network, Evaluation software) {
        List<ConversionRow> rows = new ArrayList<>();
        double spikes = 0;
        for (int t = 0; t < software.timeSteps(); t++) {
            for (Network.Node node : network.nodes()) {
                if (node.layer() instanceof Layer.Neuron) {
                    LayerActivity activity = software.activity()[node.id()];
                    spikes += (double) activity.spikes[t] / software.samples();
                }
            }
            rows.add(new ConversionRow(
                    point(), seed, model, t + 1, 100 * software.accuracy(t), artificialPercent, spikes));
        }
        return rows;
    }

    private List<ConversionLayerRow> layers(Outcome outcome, Conversion conversion, int steps) {
        RateErrors errors = new RateErrors(
                conversion.twins(),
                conversion.scales(),
                conversion.artificial().effective(),
                outcome.model().effective());
        List<ConversionLayerRow> rows = new ArrayList<>();
        for (RateErrors.OfLayer layer : errors.measure(
                inputs.backend(),
                inputs.data().test(),
                COMPARED_IMAGES,
                steps,
                inputs.plan().encoder(),
                inputs.plan().experiment().seed(),
                inputs.plan().experiment().run().effectiveThreads())) {
            for (int t = 0; t < steps; t++) {
                rows.add(new ConversionLayerRow(
                        point(), seed, layer.name(), t + 1, layer.rateError()[t], layer.residual()[t]));
            }
        }
        return rows;
    }
}
