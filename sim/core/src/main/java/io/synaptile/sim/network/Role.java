/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/** What an array of numbers is to the layer that owns it. */
public enum Role {
    /** Synaptic weights, {@code [out, in, kh, kw]} or {@code [out, in]}. */
    WEIGHT("weight", true, 0f),
    /** Scales of a norm, {@code [rows, channels]}. */
    GAMMA("gamma", true, 1f),
    /** Running means of a norm, {@code [rows, channels]}: a buffer, moved by forward passes in training. */
    MEAN("running_mean", false, 0f),
    /** Running variances of a norm, {@code [rows, channels]}: a buffer, never below 0. */
    VARIANCE("running_var", false, 1f);

    private final String id;
    private final boolean trainable;
    private final float initial;

    Role(String id, boolean trainable, float initial) {
        this.id = id;
        this.trainable = trainable;
        this.initial = initial;
    }

    /** Name in files: {@code weight} in {@code conv1.weight}. */
    public String id() {
        return id;
    }

    /** Whether an optimiser moves it along a gradient; a buffer is moved by forward passes. */
    public boolean isTrainable() {
        return trainable;
    }

    /** Value before training; that of weights stands for random ones. */
    public float initial() {
        return initial;
    }
}
