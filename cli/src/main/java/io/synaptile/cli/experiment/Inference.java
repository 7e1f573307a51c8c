/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.spikes.Encoder;
import java.util.function.IntConsumer;

/**
 * Runs images through a network and sums what happened. The coding noise depends on seed, pass and image alone, so two
 * networks asked with the same ones see the same spikes.
 *
 * @param pass see {@link InputBatch}
 */
record Inference(int timeSteps, Encoder encoder, long seed, int pass, int batch) {
    /**
     * Sums over the images.
     *
     * @param activity by node id
     * @param hostNanos host time per image
     */
    record Outcome(int samples, int correct, LayerActivity[] activity, long[] hostNanos) {
        double accuracyPercent() {
            return 100.0 * correct / samples;
        }
    }

    /** @param done told how many images each batch held */
    Outcome run(ExecutableNetwork network, Dataset images, IntConsumer done) {
        int samples = images.size();
        long[] hostNanos = new long[samples];
        LayerActivity[] activity = null;
        int correct = 0;
        for (int from = 0; from < samples; from += batch) {
            int count = Math.min(batch, samples - from);
            long[] ids = new long[count];
            for (int i = 0; i < count; i++) {
                ids[i] = images.sampleId(from + i);
            }
            BatchResult result =
                    network.run(new InputBatch(images.images(from, count), count, timeSteps, encoder, seed, pass, ids));
            for (int i = 0; i < count; i++) {
                if (result.prediction(timeSteps - 1, i) == images.label(from + i)) {
                    correct++;
                }
            }
            System.arraycopy(result.hostNanos(), 0, hostNanos, from, count);
            activity = sum(activity, result.activity());
            done.accept(count);
        }
        return new Outcome(samples, correct, activity, hostNanos);
    }

    private LayerActivity[] sum(LayerActivity[] before, LayerActivity[] more) {
        LayerActivity[] total = before;
        if (total == null) {
            total = new LayerActivity[more.length];
            for (int id = 0; id < total.length; id++) {
                total[id] = new LayerActivity(timeSteps);
            }
        }
        for (int id = 0; id < total.length; id++) {
            total[id].add(more[id]);
        }
        return total;
    }
}
