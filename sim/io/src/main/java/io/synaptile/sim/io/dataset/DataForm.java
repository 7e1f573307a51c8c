/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.network.Shape;
import java.util.List;

/**
 * What a network needs to know of a data set.
 *
 * @param shape of one image or frame
 * @param classes number of classes
 * @param frames of every sample, 0 for images
 * @param largest number of spikes that a value of a frame stands for, 1 where values are no numbers of spikes
 * @param inputs that lie behind each other in every sample, in the order c, h, w each; empty where a sample is one input
 */
public record DataForm(Shape shape, int classes, int frames, int largest, List<Input> inputs) {
    public DataForm {
        inputs = List.copyOf(inputs);
    }

    /** One of several inputs. */
    public record Input(String name, Shape shape) {}

    /** Samples of one input. */
    public DataForm(Shape shape, int classes, int frames, int largest) {
        this(shape, classes, frames, largest, List.of());
    }

    /** Images. */
    public DataForm(Shape shape, int classes) {
        this(shape, classes, 0, 1);
    }
}
