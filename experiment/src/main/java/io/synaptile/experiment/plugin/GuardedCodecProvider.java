/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.codec.WeightCodecProvider;
import java.util.concurrent.atomic.AtomicBoolean;

/** Codecs of a plug-in, each of which is checked. */
final class GuardedCodecProvider implements WeightCodecProvider, Guarded<WeightCodecProvider> {
    private final WeightCodecProvider provider;
    private final Guard guard;
    private final String id;
    private final String description;
    /** Whether two codecs have been compared; one layer is enough. */
    private final AtomicBoolean tried = new AtomicBoolean();

    GuardedCodecProvider(WeightCodecProvider provider, PlugInJar jar) {
        this.provider = provider;
        Guard own = new Guard(jar, "codec provider " + provider.getClass().getName());
        this.id = own.name("id", provider::id);
        this.description = String.valueOf(own.call("description", provider::description));
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
    public String description() {
        return description;
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
        GuardedCodec codec = make(weights, cell, weightBits);
        Answers first = attempt(codec, weights.fullScale());
        if (!tried.getAndSet(true)) {
            guard.requireSame(first, attempt(codec, weights.fullScale()));
            guard.requireSame(first, attempt(make(weights, cell, weightBits), weights.fullScale()));
        }
        return codec;
    }

    private GuardedCodec make(LayerWeights weights, CellModel cell, int weightBits) {
        WeightCodec made = guard.make(() -> provider.codec(weights, cell, weightBits));
        if (made == null) {
            throw guard.broke("gave no codec for cell " + cell.id());
        }
        GuardedCodec codec = new GuardedCodec(made, guard, cell);
        if (pairs()) {
            codec.requirePairs();
        }
        return codec;
    }

    /** Writes and reads some weights, because those of the network are there only after the training. */
    private static Answers attempt(GuardedCodec codec, float fullScale) {
        float[] weights = {-fullScale, -fullScale / 2, 0, fullScale / 2, fullScale};
        float[][] conductances = new float[codec.planes()][weights.length];
        codec.encode(weights, conductances);
        Answers answers = new Answers().with("columnGain", codec.columnGain());
        for (int plane = 0; plane < conductances.length; plane++) {
            answers.with("encode (plane " + plane + ")", conductances[plane]);
        }
        float[] decoded = new float[weights.length];
        codec.decode(conductances, weights, decoded);
        codec.counted(weights).ifPresent(counted -> answers.with("counted", counted));
        return answers.with("decode", decoded).with("valuePerMicrosiemens", codec.valuePerMicrosiemens());
    }
}
