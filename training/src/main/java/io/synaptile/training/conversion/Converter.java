/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives a spiking network the parameters with which its firing rates follow the activations of its artificial twin.
 *
 * <p>Every layer's values are kept in a unit, a number per channel: {@code activation = unit * value among spikes}. The unit of
 * neurons is the activation that one spike per step stands for, that of the input what its code makes of it. Synapses hand the
 * unit of their input on and keep their weights, so that quantised and binary weights stay what they are; a norm's scale and the
 * magnitude of binary weights go into the unit too. A threshold is then the activation of one spike per step over the unit of the
 * current, and a bias is divided by that unit. Where values of different units meet, weights and biases are scaled instead.
 *
 * <p>Source: S. Lu and A. Sengupta, "Exploring the connection between binary and spiking neural networks", Frontiers in
 * Neuroscience 2020, whose factors {@code s(l - 1) / s(l)} on weights are thresholds {@code s(l) / s(l - 1)} here; the folding
 * of norms is that of B. Rueckauer et al., "Conversion of continuous-valued deep networks to efficient event-driven networks for
 * image classification", Frontiers in Neuroscience 2017, equations 9 and 10, with the scale in thresholds.
 */
public final class Converter {
    /** A scale of a norm below this part of the layer's largest one is 0: its threshold would be out of any range. */
    private static final float NO_SCALE = 1e-6f;

    private final TwinNetworks twins;
    private final Network artificial;
    private final Chains chains;
    private final Set<Integer> binary;
    private final Map<Integer, float[]> scales;
    private final Map<ParameterId, float[]> converted = new TreeMap<>();
    private final float[][] units;
    private final float inputUnit;
    private Parameters trained;

    /**
     * Prepares a conversion.
     *
     * @param scales by id of an activation of the artificial network, the current of one spike per step of each channel
     * @param inputUnit value of the input that one spike per step stands for; 1 for values themselves
     * @param binary synapses whose weights are of one magnitude per output, by id in the artificial network
     */
    public Converter(TwinNetworks twins, Map<Integer, float[]> scales, float inputUnit, Set<Integer> binary) {
        this.twins = twins;
        this.artificial = twins.artificial();
        this.chains = new Chains(artificial);
        this.scales = Map.copyOf(scales);
        this.inputUnit = inputUnit;
        this.binary = Set.copyOf(binary);
        this.units = new float[artificial.nodes().size()][];
    }

    /**
     * Parameters of the spiking network.
     *
     * @param parameters of the artificial network, effective weights among them, not changed
     * @throws NotConvertibleException naming a layer that is never active, or whose values cannot be brought to one unit
     */
    public Parameters convert(Parameters parameters) {
        trained = parameters;
        converted.clear();
        for (Network.Node node : artificial.nodes()) {
            units[node.id()] = switch (node.layer()) {
                case Layer.Synapse _ -> synapse(node);
                case Layer.Bias _ -> bias(node);
                case Layer.StepNorm _ -> norm(node);
                case Layer.Activation _ -> neurons(node);
                case Layer.Flatten _ -> flattened(node);
                case Layer.Part _ -> ofInput(node.out().channels());
                case Layer.Concat _ -> concatenated(node);
                case Layer.Join _ -> joined(node);
                case Layer.ReadOut _ -> readOut(node);
                case Layer.AvgPool _, Layer.Dropout _ -> unit(source(node)).clone();
                case Layer.MaxPool _, Layer.Neuron _, Layer.Integrator _, Layer.Delay _ ->
                    throw new IllegalArgumentException("layer " + node.name() + " is of no artificial network");
            };
        }
        return Parameters.of(converted);
    }

    private static int source(Network.Node node) {
        return node.inputs().getFirst();
    }

    private float[] unit(int node) {
        if (node != Network.INPUT) {
            return units[node];
        }
        return ofInput(artificial.input().channels());
    }

    private float[] ofInput(int channels) {
        float[] unit = new float[channels];
        Arrays.fill(unit, inputUnit);
        return unit;
    }

    private ParameterId id(int node, Role role) {
        return new ParameterId(twins.counterparts().get(node), role);
    }

    private float[] synapse(Network.Node node) {
        float[] weights = trained.get(ParameterId.weight(node.id())).clone();
        float[] in = unit(source(node));
        int outputs = node.weightShape()[0];
        float[] unit = new float[outputs];
        boolean signs = binary.contains(node.id()) && chains.isFree(node.id());
        if (isUniform(in)) {
            Arrays.fill(unit, in[0]);
        } else if (signs) {
            throw new NotConvertibleException("layer " + node.name()
                    + " has weights of one magnitude, which cannot weigh inputs of different scales");
        } else {
            scaleInputs(node, weights, in);
            Arrays.fill(unit, 1f);
        }
        if (signs) {
            int own = weights.length / outputs;
            for (int o = 0; o < outputs; o++) {
                float magnitude = magnitude(weights, o * own, own);
                for (int i = o * own; i < (o + 1) * own && magnitude > 0f; i++) {
                    weights[i] = Math.signum(weights[i]);
                }
                unit[o] *= magnitude > 0f ? magnitude : 1f;
            }
        }
        converted.put(id(node.id(), Role.WEIGHT), weights);
        return unit;
    }

    private static float magnitude(float[] weights, int from, int count) {
        float most = 0f;
        for (int i = from; i < from + count; i++) {
            most = Math.max(most, Math.abs(weights[i]));
        }
        return most;
    }

    /** Multiplies the weights of every input by its unit. */
    private static void scaleInputs(Network.Node node, float[] weights, float[] units) {
        int[] shape = node.weightShape();
        int taps = weights.length / (shape[0] * shape[1]);
        // Of a dense layer that reads a map, the inputs of a channel stand together.
        int perUnit = node.layer() instanceof Layer.Dense ? shape[1] / units.length : 1;
        for (int i = 0; i < weights.length; i++) {
            int output = i / (shape[1] * taps);
            int input = i / taps % shape[1];
            int channel = node.layer() instanceof Layer.Conv2d conv
                    ? conv.firstInput(output, units.length) + input
                    : input / perUnit;
            weights[i] *= units[channel];
        }
    }

    private float[] bias(Network.Node node) {
        float[] unit = unit(source(node)).clone();
        float[] bias = trained.get(new ParameterId(node.id(), Role.BIAS));
        converted.put(id(node.id(), Role.BIAS), divided(bias, unit));
        return unit;
    }

    private static float[] divided(float[] values, float[] unit) {
        float[] quotients = new float[values.length];
        for (int c = 0; c < values.length; c++) {
            quotients[c] = values[c] / unit[c];
        }
        return quotients;
    }

    /** {@code y = scale * x + offset}; the scale goes into the unit, or where that is not free into the weights before. */
    private float[] norm(Network.Node node) {
        Optional<Chains.Chain> chain = chains.of(node.id());
        float[] unit = unit(source(node)).clone();
        if (chain.isEmpty()) {
            keepNorm(node, NormState.of(node, trained), unit);
            return unit;
        }
        NormFolding.Affine affine = NormFolding.Affine.of(node, trained);
        float[] scale = affine.scale();
        float[] offset = affine.offset();
        float largest = 0f;
        for (float own : scale) {
            largest = Math.max(largest, Math.abs(own));
        }
        boolean free = chains.isFree(node.id());
        float[] factors = new float[unit.length];
        for (int c = 0; c < unit.length; c++) {
            if (free && Math.abs(scale[c]) > NO_SCALE * largest) {
                unit[c] *= Math.abs(scale[c]);
                factors[c] = Math.signum(scale[c]);
            } else {
                factors[c] = free ? 0f : scale[c];
            }
            offset[c] /= unit[c];
        }
        scaleChain(chain.get(), factors);
        converted.put(id(node.id(), Role.BIAS), offset);
        return unit;
    }

    /** A norm of values in another unit. */
    private void keepNorm(Network.Node node, NormState state, float[] unit) {
        float[] mean = divided(state.mean(), unit);
        float[] beta = divided(state.beta(), unit);
        new NormState(
                        1,
                        unit.length,
                        state.gamma().clone(),
                        beta,
                        mean,
                        state.variance().clone())
                .parameters(twins.counterparts().get(node.id()))
                .forEach(converted::put);
    }

    /** Multiplies the weights and biases of a chain by a factor per channel. */
    private void scaleChain(Chains.Chain chain, float[] factors) {
        NormFolding.multiply(converted.get(id(chain.synapse(), Role.WEIGHT)), factors);
        for (int offset : chain.offsets()) {
            float[] bias = converted.get(id(offset, Role.BIAS));
            if (bias != null) {
                NormFolding.multiply(bias, factors);
            }
        }
    }

    private float[] neurons(Network.Node node) {
        float[] unit = unit(source(node));
        float[] scale = scales.get(node.id());
        float[] thresholds = new float[unit.length];
        for (int c = 0; c < unit.length; c++) {
            thresholds[c] = scale[c] / unit[c];
            if (!(thresholds[c] > 0f) || Float.isInfinite(thresholds[c])) {
                throw new NotConvertibleException("layer " + node.name() + ": the scale of channel " + c + " is "
                        + scale[c] + " and its current is in units of " + unit[c] + ", which gives no threshold");
            }
        }
        converted.put(id(node.id(), Role.THRESHOLD), thresholds);
        return unitOf(node.layer(), scale);
    }

    /**
     * Activation that one spike per step stands for: a rate norm's values are rates, those of others go up to the scale.
     *
     * @param scale current of one spike per step, of every channel
     */
    static float[] unitOf(Layer activation, float... scale) {
        float[] unit = scale.clone();
        if (activation instanceof Layer.RateNorm) {
            Arrays.fill(unit, 1f);
        }
        return unit;
    }

    private float[] flattened(Network.Node node) {
        float[] unit = unit(source(node));
        int positions = node.in().positions();
        float[] features = new float[node.out().channels()];
        for (int i = 0; i < features.length; i++) {
            features[i] = unit[i / positions];
        }
        return features;
    }

    private float[] concatenated(Network.Node node) {
        float[] all = new float[node.out().channels()];
        int at = 0;
        for (int source : node.inputs()) {
            float[] unit = unit(source);
            System.arraycopy(unit, 0, all, at, unit.length);
            at += unit.length;
        }
        return all;
    }

    /** Brings what comes straight from synapses to the unit of the rest. */
    private float[] joined(Network.Node node) {
        float[] common = null;
        for (int source : node.inputs()) {
            if (chainInto(source).isEmpty()) {
                common = unit(source);
            }
        }
        if (common == null) {
            common = unit(source(node));
        }
        for (int source : node.inputs()) {
            bringTo(source, common, node);
        }
        return common.clone();
    }

    private Optional<Chains.Chain> chainInto(int source) {
        return source == Network.INPUT || chains.readers(source).size() > 1 ? Optional.empty() : chains.of(source);
    }

    private void bringTo(int source, float[] wanted, Network.Node reader) {
        float[] unit = unit(source);
        if (Arrays.equals(unit, wanted)) {
            return;
        }
        Chains.Chain chain = chainInto(source)
                .orElseThrow(
                        () -> new NotConvertibleException(
                                "layer " + reader.name()
                                        + " cannot be converted: values of different scales meet there, and none comes from weights alone"));
        float[] factors = new float[unit.length];
        for (int c = 0; c < unit.length; c++) {
            factors[c] = unit[c] / wanted[c];
        }
        scaleChain(chain, factors);
    }

    /** Scores of all classes are in one unit, so that the largest of them stays the largest. */
    private float[] readOut(Network.Node node) {
        float[] unit = unit(source(node));
        if (!isUniform(unit)) {
            float[] one = new float[unit.length];
            Arrays.fill(one, 1f);
            bringTo(source(node), one, node);
            return one;
        }
        return unit.clone();
    }

    private static boolean isUniform(float[] unit) {
        for (float value : unit) {
            if (value != unit[0]) {
                return false;
            }
        }
        return true;
    }
}
