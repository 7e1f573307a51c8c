/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.spikes.Encoder;

/** Turns images or frames into the inputs of all time steps. */
final class InputCoding {
    private InputCoding() {}

    /**
     * Refuses images of another size.
     *
     * @throws IllegalArgumentException naming both sizes
     */
    static void check(InputBatch batch, Shape expected) {
        if (batch.pixels() != expected.size()) {
            throw new IllegalArgumentException("images have " + batch.pixels() + " pixels, the network's input "
                    + expected + " has " + expected.size());
        }
    }

    /**
     * Codes one sample.
     *
     * @param into receives step t at {@code offset + t * stride}
     */
    static void encode(InputBatch batch, int sample, float[] into, int offset, int stride) {
        NoiseStream uniforms = batch.codingStream(sample);
        for (int t = 0; t < batch.timeSteps(); t++) {
            int from = batch.at(sample, t);
            int to = offset + t * stride;
            switch (batch.encoder()) {
                case Encoder.Direct _, Encoder.DirectFrames _, Encoder.SpikeFrames _ ->
                    System.arraycopy(batch.images(), from, into, to, batch.pixels());
                case Encoder.Poisson(float rescale) -> spikes(batch, from, rescale, uniforms, into, to);
                case Encoder.PoissonFrames _ -> spikes(batch, from, 1f, uniforms, into, to);
            }
        }
    }

    private static void spikes(InputBatch batch, int from, float rescale, NoiseStream uniforms, float[] into, int to) {
        for (int i = 0; i < batch.pixels(); i++) {
            into[to + i] = Encoder.Poisson.spike(batch.images()[from + i], uniforms.nextFloat(), rescale);
        }
    }
}
