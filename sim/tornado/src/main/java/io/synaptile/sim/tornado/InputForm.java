/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.spikes.Encoder;

/** What a program makes of the samples of a batch; it depends on that, and on nothing else of the encoder. */
enum InputForm {
    /** An image is a constant signal. */
    IMAGE,
    /** An image is coded as spikes at every step. */
    SPIKES_OF_IMAGE,
    /** A frame is the signal of its step. */
    FRAME,
    /** Likewise, and its values are spikes. */
    FRAME_OF_SPIKES,
    /** A frame is coded as spikes at its step. */
    SPIKES_OF_FRAME;

    static InputForm of(Encoder encoder) {
        return switch (encoder) {
            case Encoder.Direct _ -> IMAGE;
            case Encoder.Poisson _ -> SPIKES_OF_IMAGE;
            case Encoder.DirectFrames _ -> FRAME;
            case Encoder.SpikeFrames _ -> FRAME_OF_SPIKES;
            case Encoder.PoissonFrames _ -> SPIKES_OF_FRAME;
        };
    }

    /** Whether spikes are drawn. */
    boolean isDrawn() {
        return this == SPIKES_OF_IMAGE || this == SPIKES_OF_FRAME;
    }

    /** Whether the signal is events. */
    boolean isEvents() {
        return isDrawn() || this == FRAME_OF_SPIKES;
    }

    /** Whether samples are frames, one per step. */
    boolean isFrames() {
        return this == FRAME || this == FRAME_OF_SPIKES || this == SPIKES_OF_FRAME;
    }
}
