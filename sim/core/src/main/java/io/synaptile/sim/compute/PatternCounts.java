/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * What a layer did whose arrays leave out rows and columns ({@link ArrayPattern}), so that a read of one row tile is not what a read of
 * another is. Every count has one entry per place: a time step, or a sample in a step. All 0 for other layers.
 */
public final class PatternCounts {
    private static final int CLASSES = LayerActivity.READ_CLASSES;

    /** Reads of single arrays, by the class of the driven rows, {@code [places * READ_CLASSES]}. */
    public final long[] arrayReads;
    /** Outputs that such reads have columns of, {@code [places * READ_CLASSES]}. */
    public final long[] outputReads;
    /** Outputs that at least one array was read for, over positions and phases, {@code [places]}. */
    public final long[] outputs;
    /** Row drives, each as often as its row tile has arrays, {@code [places]}. */
    public final double[] arrayRows;
    /** Row drives, each as often as its row tile has outputs, {@code [places]}. */
    public final double[] outputRows;

    /** Counts of so many places. */
    public PatternCounts(int places) {
        arrayReads = new long[places * CLASSES];
        outputReads = new long[places * CLASSES];
        outputs = new long[places];
        arrayRows = new double[places];
        outputRows = new double[places];
    }

    /** Counts a read of a row tile of so many arrays and outputs. */
    public void read(int place, int arrays, int ofOutputs, int readClass) {
        arrayReads[place * CLASSES + readClass] += arrays;
        outputReads[place * CLASSES + readClass] += ofOutputs;
    }

    /** Counts a driven row of a row tile of so many arrays and outputs. */
    public void drive(int place, int arrays, int ofOutputs, double magnitude) {
        arrayRows[place] += magnitude * arrays;
        outputRows[place] += magnitude * ofOutputs;
    }

    /** Adds what was counted at a place of another. */
    public void add(int place, PatternCounts other, int from) {
        for (int k = 0; k < CLASSES; k++) {
            arrayReads[place * CLASSES + k] += other.arrayReads[from * CLASSES + k];
            outputReads[place * CLASSES + k] += other.outputReads[from * CLASSES + k];
        }
        outputs[place] += other.outputs[from];
        arrayRows[place] += other.arrayRows[from];
        outputRows[place] += other.outputRows[from];
    }

    /** Sets what was counted at a place to that of another. */
    public void set(int place, PatternCounts other, int from) {
        System.arraycopy(other.arrayReads, from * CLASSES, arrayReads, place * CLASSES, CLASSES);
        System.arraycopy(other.outputReads, from * CLASSES, outputReads, place * CLASSES, CLASSES);
        outputs[place] = other.outputs[from];
        arrayRows[place] = other.arrayRows[from];
        outputRows[place] = other.outputRows[from];
    }
}
