/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.recovery;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.training.KeepRule;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.method.Bench;
import io.synaptile.training.method.Method;
import io.synaptile.training.method.Outcome;
import io.synaptile.training.method.Phase;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.WeightTransform;
import io.synaptile.training.words.SramWords;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Training of SRAM words beside the RRAM weights of a trained model, which do not change. In a training state the weights of a
 * hybrid layer are its words before quantisation. Where words are pruned, a second phase may follow in which pruned groups stay
 * pruned.
 *
 * <p>Source: G. Krishnan et al., "Hybrid RRAM/SRAM in-memory computing for robust DNN acceleration", IEEE TCAD 2022, and the
 * published code of Kuang and Cao.
 *
 * @param layers hybrid layers by synapse node
 * @param plain options with the transforms of the layers that have no words
 * @param settleEpochs last epochs in which nothing is pruned further, 0 for none
 * @param parameters all that the training starts from, with the words in the place of the weights
 */
public record Recovery(
        Network network,
        Map<Integer, HybridLayer> layers,
        TrainingOptions plain,
        int settleEpochs,
        KeepRule keep,
        Parameters parameters)
        implements Method {
    /** Name in experiment files. */
    public static final String ID = "recovery";

    public Recovery {
        layers = Collections.unmodifiableMap(new TreeMap<>(layers));
        if (settleEpochs < 0 || settleEpochs >= plain.epochs()) {
            throw new IllegalArgumentException("settle epochs must be from 0 to fewer than the " + plain.epochs()
                    + " epochs, got " + settleEpochs);
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public TrainingState initial() {
        return TrainingState.from(parameters.copy(), plain.descent());
    }

    @Override
    public List<Phase> phases() {
        int epochs = plain.epochs();
        Phase pruning = Phase.of(network, options(false), epochs - settleEpochs, keep);
        return settleEpochs == 0 ? List.of(pruning) : List.of(pruning, Phase.of(network, options(true), epochs, keep));
    }

    private TrainingOptions options(boolean settled) {
        LayerTransforms others = (LayerTransforms) plain.transforms();
        Map<Integer, List<WeightTransform>> stages = new TreeMap<>(others.stages());
        layers.forEach((id, layer) -> stages.put(id, layer.stages(settled)));
        return plain.with(new LayerTransforms(stages));
    }

    /** Wanted RRAM weights and stored words in the place of effective weights. */
    @Override
    public Outcome finish(TrainedModel kept, Bench bench, TrainingListener listener) {
        Map<Integer, float[]> latent = new TreeMap<>(kept.latent().weights());
        Map<Integer, float[]> deployed = new TreeMap<>(kept.effective().weights());
        Map<Integer, SramWords> latentWords = new TreeMap<>();
        Map<Integer, SramWords> words = new TreeMap<>();
        layers.forEach((id, layer) -> {
            float[] trained = kept.latent().weights().get(id);
            latentWords.put(id, new SramWords(trained, layer.form()));
            words.put(id, new SramWords(layer.stored(trained), layer.form()));
            latent.put(id, layer.rram());
            deployed.put(id, layer.hybrid().target());
        });
        return new Outcome(
                kept, kept.latent().withWeights(latent), kept.effective().withWeights(deployed), latentWords, words);
    }
}
