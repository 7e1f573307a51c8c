/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.network.Shape;

/**
 * What a network needs to know of a data set.
 *
 * @param shape of one image or frame
 * @param classes number of classes
 * @param frames of every sample, 0 for images
 * @param largest number of spikes that a value of a frame stands for, 1 where values are no numbers of spikes
 */
public record DataForm(Shape shape, int classes, int frames, int largest) {
    /** Images. */
    public DataForm(Shape shape, int classes) {
        this(shape, classes, 0, 1);
    }
}
