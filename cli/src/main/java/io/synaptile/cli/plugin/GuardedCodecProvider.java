/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.plugin;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.codec.WeightCodecProvider;

/** Codecs of a plug-in, each of which is checked. */
final class GuardedCodecProvider implements WeightCodecProvider, Guarded<WeightCodecProvider> {
    private final WeightCodecProvider provider;
    private final Guard guard;
    private final String id;

    GuardedCodecProvider(WeightCodecProvider provider, PlugInJar jar) {
        this.provider = provider;
        Guard own = new Guard(jar, "codec provider " + provider.getClass().getName());
        this.id = own.name("id", provider::id);
        this.guard = new Guard(jar, "codec " + id);
    }

    @Override
    public WeightCodecProvider provider() {
        return provider;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean digital() {
        return guard.call("digital", provider::digital);
    }

    @Override
    public boolean pairs() {
        return guard.call("pairs", provider::pairs);
    }

    @Override
    public WeightCodec codec(LayerWeights weights, CellModel cell, int weightBits) {
        WeightCodec made = guard.make(() -> provider.codec(weights, cell, weightBits));
        if (made == null) {
            throw guard.broke("gave no codec for cell " + cell.id());
        }
        GuardedCodec codec = new GuardedCodec(made, guard, cell);
        if (pairs()) {
            codec.requirePairs();
        }
        attempt(codec, weights.fullScale());
        return codec;
    }

    /** Writes and reads some weights, because those of the network are there only after the training. */
    private static void attempt(GuardedCodec codec, float fullScale) {
        float[] weights = {-fullScale, -fullScale / 2, 0, fullScale / 2, fullScale};
        float[][] conductances = new float[codec.planes()][weights.length];
        codec.encode(weights, conductances);
        codec.decode(conductances, weights, weights.clone());
        codec.counted(weights);
        codec.valuePerMicrosiemens();
    }
}
