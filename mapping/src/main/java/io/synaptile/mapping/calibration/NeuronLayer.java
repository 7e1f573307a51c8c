/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.calibration;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import java.util.Arrays;

/** The neurons of one layer, stepped for one sample; maps are channels last. */
final class NeuronLayer {
    private final NeuronSpec spec;
    private final float[] leak;
    private final float[] threshold;
    private final float[] membrane;
    private final float[] adaptation;
    private final int[] waiting;

    NeuronLayer(Network.Node node, NeuronSpec spec, Parameters parameters) {
        this.spec = spec;
        leak = parameters.byChannel(node, Role.LEAK, spec.dynamics().leak(), spec.leak());
        threshold = parameters.byChannel(node, Role.THRESHOLD, spec.dynamics().threshold(), spec.threshold());
        membrane = new float[node.out().size()];
        adaptation = new float[membrane.length];
        waiting = new int[membrane.length];
    }

    /** Back to rest. */
    void reset() {
        Arrays.fill(membrane, 0f);
        Arrays.fill(adaptation, 0f);
        Arrays.fill(waiting, 0);
    }

    /** Spikes of one step. */
    float[] fire(float[] current) {
        NeuronDynamics dynamics = spec.dynamics();
        float[] spikes = new float[current.length];
        for (int i = 0; i < current.length; i++) {
            int channel = i % leak.length;
            boolean fired = false;
            if (waiting[i] > 0) {
                waiting[i]--;
            } else {
                float u = leak[channel] * membrane[i] + spec.inputGain() * current[i];
                float bar = threshold[channel] + dynamics.adaptationStrength() * adaptation[i];
                fired = spec.fires(u, bar);
                membrane[i] = fired ? spec.reset(u, threshold[channel]) : u;
                waiting[i] = fired ? dynamics.refractorySteps() : 0;
            }
            spikes[i] = fired ? 1f : 0f;
            adaptation[i] = dynamics.adaptationDecay() * adaptation[i] + spikes[i];
        }
        return spikes;
    }
}
