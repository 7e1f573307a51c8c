/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import java.util.Arrays;
import java.util.List;

/** The spikes of the step before. */
final class DelayStage extends Stage {
    private final Kernels kernels;
    private final Workers workers;
    private Stage source;

    DelayStage(Network.Node node, Kernels kernels, Workers workers, int maps) {
        super(node, List.of());
        this.kernels = kernels;
        this.workers = workers;
        this.output = Signal.events(node.out(), kernels.lanes(), maps);
    }

    /** Sets the neurons that are read, which may come later. */
    void connect(Stage neurons) {
        source = neurons;
        neurons.consumers++;
    }

    @Override
    void forward(Batch batch) {
        batch.each(workers, (_, map) -> {
            EventMap to = output.events[map];
            if (map % batch.steps() == 0) {
                to.clear(true, true);
                Arrays.fill(to.start, 0);
            } else {
                to.copy(source.output.events[map - 1]);
            }
        });
    }

    @Override
    void backward(Batch batch) {
        boolean add = source.contribute();
        int steps = batch.steps();
        batch.each(workers, (_, map) -> {
            if (map % steps > 0) {
                Gradients.pass(kernels, gradient, gradientOffset(map), source, map - 1, add);
            }
            if (map % steps == steps - 1 && !add) {
                // Nothing reads the last step.
                source.gradient
                        .asSlice(source.gradientOffset(map), (long) output.mapSize() * Float.BYTES)
                        .fill((byte) 0);
            }
        });
    }
}
