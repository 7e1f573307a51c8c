/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.List;

/** Block {@code simulate.record}. Without layers nothing is recorded. */
public record RecordBlock(
        @Key(
                value =
                        "Layers of the network whose spikes and membrane potentials, or outputs where they are no neurons, are written to recording.npz for the first chip. * and ? stand for other characters.",
                otherwise = "[]")
        List<String> layers,

        @Key(value = "Test images that are recorded, from the first.", otherwise = "16", range = "[1, 1000000]")
        int images) {
    public RecordBlock {
        layers = List.copyOf(layers);
        Interval.check("images", images, "[1, 1000000]");
    }
}
