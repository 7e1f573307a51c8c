/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/** What an array of numbers is to the layer that owns it. */
public enum Role {
    /** Synaptic weights, {@code [out, in, kh, kw]} or {@code [out, in]}. */
    WEIGHT("weight", true, 0f),
    /** What is added to every value of a channel, {@code [channels]}. */
    BIAS("bias", true, 0f),
    /** Scales of a norm, {@code [rows, channels]}. */
    GAMMA("gamma", true, 1f),
    /** Offsets of a norm, {@code [rows, channels]}. */
    BETA("beta", true, 0f),
    /** Running means of a norm, {@code [rows, channels]}: a buffer, moved by forward passes in training. */
    MEAN("running_mean", false, 0f),
    /** Running variances of a norm, {@code [rows, channels]}: a buffer, never below 0. */
    VARIANCE("running_var", false, 1f, 0f, Float.POSITIVE_INFINITY, false),
    /** Leaks, {@code [1]} or {@code [channels]}, from 0 to 1; before training, that of the layer. */
    LEAK("leak", true, 1f, 0f, 1f, false),
    /** Thresholds of neurons or of a quantised activation, {@code [1]} or {@code [channels]}, above 0; before training, that of the layer. */
    THRESHOLD("threshold", true, 1f, 1e-6f, Float.POSITIVE_INFINITY, false),
    /** Running maximum of a rate norm, {@code [1]}: a buffer, never below 0. */
    RUNNING_MAX("running_max", false, 1f, 0f, Float.POSITIVE_INFINITY, false),
    /** Scale of a rate norm, {@code [1]}, of any value; before training, that of the layer. */
    SCALE("scale", true, 1f);

    private final String id;
    private final boolean trainable;
    private final float initial;
    private final float least;
    private final float most;
    private final boolean decays;

    /** Of any value, and decaying. */
    Role(String id, boolean trainable, float initial) {
        this(id, trainable, initial, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, true);
    }

    Role(String id, boolean trainable, float initial, float least, float most, boolean decays) {
        this.id = id;
        this.trainable = trainable;
        this.initial = initial;
        this.least = least;
        this.most = most;
        this.decays = decays;
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

    /** Smallest value that it can have; no step of an optimiser leads below. */
    public float least() {
        return least;
    }

    /** Largest value that it can have; no step of an optimiser leads above. */
    public float most() {
        return most;
    }

    /** Whether not every number is allowed. */
    public boolean isBounded() {
        return Float.isFinite(least) || Float.isFinite(most);
    }

    /** Whether weight decay is meant for it where nobody says otherwise. */
    public boolean decays() {
        return decays;
    }
}
