/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.engine;

import io.synaptile.sim.network.Shape;

/**
 * Labelled images in a fixed order, or recordings of one frame per time step, which stand for images everywhere here.
 * Reading the same index twice gives the same image.
 */
public interface ImageSource {
    /** Number of images. */
    int size();

    /** Shape of every image or frame. */
    Shape shape();

    /** Frames of every recording; 0 where there are images, which have no time of their own. */
    default int frames() {
        return 0;
    }

    /** Number of classes. */
    int classes();

    /**
     * Copies one image, or all frames of one recording.
     *
     * @param into receives the normalised pixels in the order (frame,) c, h, w, from {@code offset}
     */
    void image(int index, float[] into, int offset);

    /** Class of one image, 0 to {@code classes() - 1}. */
    int label(int index);

    /**
     * Number that addresses the random streams of one image; its index unless overridden, so that a part of a source keeps
     * the numbers of the whole.
     */
    default long sampleId(int index) {
        return index;
    }

    /**
     * The images {@code from} (included) to {@code to} (excluded), with the sample ids they have here.
     *
     * @throws IllegalArgumentException if the range is not inside this source
     */
    default ImageSource range(int from, int to) {
        return new ImageRange(this, from, to);
    }
}
