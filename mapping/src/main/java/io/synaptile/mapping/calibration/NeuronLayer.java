/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.calibration;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Scope;
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
        leak = constants(node, Role.LEAK, spec.dynamics().leak(), spec.leak(), parameters);
        threshold = constants(node, Role.THRESHOLD, spec.dynamics().threshold(), spec.threshold(), parameters);
        membrane = new float[node.out().size()];
        adaptation = new float[membrane.length];
        waiting = new int[membrane.length];
    }

    static float[] constants(Network.Node node, Role role, Scope scope, float fixed, Parameters parameters) {
        float[] byChannel = new float[node.out().channels()];
        float[] own = scope == Scope.FIXED ? new float[0] : parameters.get(new ParameterId(node.id(), role));
        scope.expand(fixed, own, byChannel);
        return byChannel;
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
                fired = spec.firing() == NeuronSpec.Firing.ABOVE ? u > bar : u >= bar;
                membrane[i] = fired ? afterReset(u, threshold[channel]) : u;
                waiting[i] = fired ? dynamics.refractorySteps() : 0;
            }
            spikes[i] = fired ? 1f : 0f;
            adaptation[i] = dynamics.adaptationDecay() * adaptation[i] + spikes[i];
        }
        return spikes;
    }

    private float afterReset(float u, float base) {
        return spec.reset() == NeuronSpec.Reset.HARD ? spec.resetPotential() : u - base;
    }
}
