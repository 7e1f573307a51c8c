/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * What one layer did during a run, sample by sample: the counts of {@link LayerActivity}, each at index
 * {@code step * samples + sample}. A backend fills the arrays.
 */
public final class BatchActivity {
    /** As {@link LayerActivity#spikes}. */
    public final long[] spikes;
    /** As {@link LayerActivity#events}. */
    public final long[] events;
    /** As {@link LayerActivity#effectiveAcs}. */
    public final long[] effectiveAcs;
    /** As {@link LayerActivity#effectiveMacs}. */
    public final long[] effectiveMacs;
    /** As {@link LayerActivity#rowDrives}. */
    public final double[] rowDrives;
    /** As {@link LayerActivity#tileReads}. */
    public final long[] tileReads;
    /** As {@link LayerActivity#readsByClass}, at index {@code (step * samples + sample) * READ_CLASSES + class}. */
    public final long[] readsByClass;
    /** As {@link LayerActivity#activePositions}. */
    public final long[] activePositions;
    /** As {@link LayerActivity#load}, uS. */
    public final double[] load;
    /** As {@link LayerActivity#pattern}, a place per sample and step. */
    public final PatternCounts pattern;

    private final int timeSteps;
    private final int samples;

    public BatchActivity(int timeSteps, int samples) {
        this.timeSteps = timeSteps;
        this.samples = samples;
        int size = Math.multiplyExact(timeSteps, samples);
        spikes = new long[size];
        events = new long[size];
        effectiveAcs = new long[size];
        effectiveMacs = new long[size];
        rowDrives = new double[size];
        tileReads = new long[size];
        readsByClass = new long[size * LayerActivity.READ_CLASSES];
        activePositions = new long[size];
        load = new double[size];
        pattern = new PatternCounts(size);
    }

    /** Number of time steps. */
    public int timeSteps() {
        return timeSteps;
    }

    /** Number of samples. */
    public int samples() {
        return samples;
    }

    /**
     * Writes the counts of one sample.
     *
     * @param one counts of that sample alone, of as many time steps
     */
    public void set(int sample, LayerActivity one) {
        for (int t = 0; t < timeSteps; t++) {
            int at = t * samples + sample;
            spikes[at] = one.spikes[t];
            events[at] = one.events[t];
            effectiveAcs[at] = one.effectiveAcs[t];
            effectiveMacs[at] = one.effectiveMacs[t];
            rowDrives[at] = one.rowDrives[t];
            tileReads[at] = one.tileReads[t];
            int classes = LayerActivity.READ_CLASSES;
            System.arraycopy(one.readsByClass[t], 0, readsByClass, at * classes, classes);
            activePositions[at] = one.activePositions[t];
            load[at] = one.load[t];
            pattern.set(at, one.pattern, t);
        }
    }

    /** Sums over the samples per step, added in the order of the samples. */
    public LayerActivity total() {
        LayerActivity sum = new LayerActivity(timeSteps);
        for (int n = 0; n < samples; n++) {
            addTo(sum, n, timeSteps);
        }
        return sum;
    }

    /**
     * Sums over samples that stopped early: sample n counts with its first {@code steps[n]} steps only. Added in the order of
     * the samples.
     *
     * @param steps steps that each sample ran, 0 to {@link #timeSteps}, shape {@code [samples]}
     * @throws IllegalArgumentException if the length or a value does not fit
     */
    public LayerActivity total(int[] steps) {
        if (steps.length != samples) {
            throw new IllegalArgumentException("steps of " + steps.length + " samples for a batch of " + samples);
        }
        LayerActivity sum = new LayerActivity(timeSteps);
        for (int n = 0; n < samples; n++) {
            if (steps[n] < 0 || steps[n] > timeSteps) {
                throw new IllegalArgumentException(
                        "sample " + n + " stopped after " + steps[n] + " steps of a run of " + timeSteps);
            }
            addTo(sum, n, steps[n]);
        }
        return sum;
    }

    private void addTo(LayerActivity sum, int sample, int steps) {
        for (int t = 0; t < steps; t++) {
            int at = t * samples + sample;
            sum.spikes[t] += spikes[at];
            sum.events[t] += events[at];
            sum.effectiveAcs[t] += effectiveAcs[at];
            sum.effectiveMacs[t] += effectiveMacs[at];
            sum.rowDrives[t] += rowDrives[at];
            sum.tileReads[t] += tileReads[at];
            for (int k = 0; k < LayerActivity.READ_CLASSES; k++) {
                sum.readsByClass[t][k] += readsByClass[at * LayerActivity.READ_CLASSES + k];
            }
            sum.activePositions[t] += activePositions[at];
            sum.load[t] += load[at];
            sum.pattern.add(t, pattern, at);
        }
    }
}
