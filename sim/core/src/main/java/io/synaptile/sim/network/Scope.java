/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/** Where a constant of neurons is kept: written into the layer, or among the parameters, where training may move it. */
public enum Scope {
    /** Part of the layer, the same for all neurons and never trained. */
    FIXED,
    /** One parameter of the layer. */
    LAYER,
    /** A parameter for every channel. */
    CHANNEL;

    /** Number of parameters, 0 where it is fixed. */
    public int count(int channels) {
        return switch (this) {
            case FIXED -> 0;
            case LAYER -> 1;
            case CHANNEL -> channels;
        };
    }

    /**
     * The constant of every channel.
     *
     * @param fixed value where it is part of the layer
     * @param parameters {@link #count} of them
     * @param into one entry per channel and, where padded, more
     */
    public void expand(float fixed, float[] parameters, float[] into) {
        for (int c = 0; c < into.length; c++) {
            into[c] = switch (this) {
                case FIXED -> fixed;
                case LAYER -> parameters[0];
                case CHANNEL -> c < parameters.length ? parameters[c] : parameters[0];
            };
        }
    }

    /** Adds what single channels have collected to the derivative by the parameters. */
    public void collect(double[] byChannel, float[] into) {
        switch (this) {
            case FIXED -> {}
            case LAYER -> {
                double sum = 0;
                for (double value : byChannel) {
                    sum += value;
                }
                into[0] = (float) sum;
            }
            case CHANNEL -> {
                for (int c = 0; c < into.length; c++) {
                    into[c] = (float) byChannel[c];
                }
            }
        }
    }
}
