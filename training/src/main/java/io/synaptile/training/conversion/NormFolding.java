/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import java.util.Map;
import java.util.TreeMap;

/**
 * An artificial network whose norms, at their running statistics, have gone into the weights before them, with a bias in the place
 * of each. Norms that follow no synapse of their own stay. Ids and names of all layers stay too.
 *
 * @param network without the norms that were folded
 * @param parameters new arrays
 */
public record NormFolding(Network network, Parameters parameters) {
    /** Folds what can be folded. */
    public static NormFolding of(Network artificial, Parameters trained) {
        Chains chains = new Chains(artificial);
        Map<ParameterId, float[]> folded = new TreeMap<>(trained.copy().values());
        for (Network.Node node : artificial.nodes()) {
            if (folds(node, chains)) {
                Affine affine = Affine.of(node, trained);
                scale(folded, chains.of(node.id()).orElseThrow(), affine.scale());
                folded.keySet().removeIf(id -> id.node() == node.id());
                folded.put(new ParameterId(node.id(), Role.BIAS), affine.offset());
            }
        }
        Network without = artificial.replacing(node -> folds(node, chains) ? new Layer.Bias() : node.layer());
        return new NormFolding(without, Parameters.of(folded));
    }

    private static boolean folds(Network.Node node, Chains chains) {
        return node.layer() instanceof Layer.StepNorm && chains.isFoldable(node.id());
    }

    private static void scale(Map<ParameterId, float[]> parameters, Chains.Chain chain, float... factors) {
        multiply(parameters.get(ParameterId.weight(chain.synapse())), factors);
        for (int offset : chain.offsets()) {
            float[] bias = parameters.get(new ParameterId(offset, Role.BIAS));
            if (bias != null) {
                multiply(bias, factors);
            }
        }
    }

    /** Multiplies values of as many channels, one after the other, by a factor each. */
    static void multiply(float[] values, float... factors) {
        int each = values.length / factors.length;
        for (int i = 0; i < values.length; i++) {
            values[i] *= factors[i / each];
        }
    }

    /** A norm at its running statistics: {@code scale * x + offset}, of every channel. */
    record Affine(float[] scale, float[] offset) {
        static Affine of(Network.Node node, Parameters parameters) {
            NormState state = NormState.of(node, parameters);
            double epsilon = ((Layer.StepNorm) node.layer()).epsilon();
            float[] scale = new float[state.channels()];
            float[] offset = new float[state.channels()];
            for (int c = 0; c < scale.length; c++) {
                scale[c] = (float) (state.gamma()[c] / Math.sqrt(state.variance()[c] + epsilon));
                offset[c] = state.offset(c) - scale[c] * state.mean()[c];
            }
            return new Affine(scale, offset);
        }
    }
}
