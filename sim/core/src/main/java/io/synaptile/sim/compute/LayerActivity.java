/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * What one layer did during a run, one entry per time step, summed over the samples. Counts only: energy is computed from
 * them elsewhere.
 *
 * <p>For neuron layers only {@code spikes} is used; for synapse layers the others.
 */
public final class LayerActivity {
    /** Classes that tile reads can be counted in. */
    public static final int READ_CLASSES = 20;

    /** Spikes emitted. */
    public final long[] spikes;
    /** Non-zero inputs received. */
    public final long[] events;
    /**
     * Accumulates over non-zero weights, in calls whose inputs are all in -1, 0, 1. Which weights on tiles are, the plan
     * tells ({@link CellPlanes#isNonZero}).
     */
    public final long[] effectiveAcs;
    /** Multiply-accumulates over non-zero weights, in the other calls. */
    public final long[] effectiveMacs;
    /**
     * Rows driven in tiled layers, once per event and output position it reaches; a fractional (pooled) value counts as its
     * magnitude. Column tiles are not counted here.
     */
    public final double[] rowDrives;
    /** Reads of a row tile with at least one driven row, over positions, phases and samples; without column tiles. */
    public final long[] tileReads;
    /**
     * {@link #tileReads} by the class that the plan gives to the number of driven rows, {@code [timeSteps][READ_CLASSES]}.
     */
    public final long[][] readsByClass;
    /** Output positions (times phases) with at least one tile read. */
    public final long[] activePositions;
    /** Sum of {@link RowCosts#load} times input magnitude over the driven rows, uS. */
    public final double[] load;
    /** What arrays that leave out rows and columns did, a place per time step. */
    public final PatternCounts pattern;

    public LayerActivity(int timeSteps) {
        spikes = new long[timeSteps];
        events = new long[timeSteps];
        effectiveAcs = new long[timeSteps];
        effectiveMacs = new long[timeSteps];
        rowDrives = new double[timeSteps];
        tileReads = new long[timeSteps];
        readsByClass = new long[timeSteps][READ_CLASSES];
        activePositions = new long[timeSteps];
        load = new double[timeSteps];
        pattern = new PatternCounts(timeSteps);
    }

    /** Number of time steps. */
    public int timeSteps() {
        return spikes.length;
    }

    /**
     * A copy of the first steps alone.
     *
     * @throws IllegalArgumentException if there are not so many
     */
    public LayerActivity first(int steps) {
        if (steps < 0 || steps > timeSteps()) {
            throw new IllegalArgumentException("the first " + steps + " of " + timeSteps() + " steps");
        }
        LayerActivity first = new LayerActivity(steps);
        System.arraycopy(spikes, 0, first.spikes, 0, steps);
        System.arraycopy(events, 0, first.events, 0, steps);
        System.arraycopy(effectiveAcs, 0, first.effectiveAcs, 0, steps);
        System.arraycopy(effectiveMacs, 0, first.effectiveMacs, 0, steps);
        System.arraycopy(rowDrives, 0, first.rowDrives, 0, steps);
        System.arraycopy(tileReads, 0, first.tileReads, 0, steps);
        for (int t = 0; t < steps; t++) {
            System.arraycopy(readsByClass[t], 0, first.readsByClass[t], 0, READ_CLASSES);
            first.pattern.set(t, pattern, t);
        }
        System.arraycopy(activePositions, 0, first.activePositions, 0, steps);
        System.arraycopy(load, 0, first.load, 0, steps);
        return first;
    }

    /**
     * Adds what another run counted, in this order: repeated sums give the same bits.
     *
     * @throws IllegalArgumentException if the other has more time steps
     */
    public void add(LayerActivity other) {
        if (other.timeSteps() > timeSteps()) {
            throw new IllegalArgumentException(
                    "activity of " + other.timeSteps() + " steps added to one of " + timeSteps());
        }
        for (int t = 0; t < other.timeSteps(); t++) {
            spikes[t] += other.spikes[t];
            events[t] += other.events[t];
            effectiveAcs[t] += other.effectiveAcs[t];
            effectiveMacs[t] += other.effectiveMacs[t];
            rowDrives[t] += other.rowDrives[t];
            tileReads[t] += other.tileReads[t];
            for (int k = 0; k < READ_CLASSES; k++) {
                readsByClass[t][k] += other.readsByClass[t][k];
            }
            activePositions[t] += other.activePositions[t];
            load[t] += other.load[t];
            pattern.add(t, other.pattern, t);
        }
    }
}
