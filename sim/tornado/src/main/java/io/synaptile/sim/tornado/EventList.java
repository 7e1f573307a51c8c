/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.tornado.kernel.EventKernels;
import io.synaptile.sim.tornado.kernel.G;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Non-zero values of a signal by position.
 *
 * @param count {@code [maps, positions]}
 * @param channel {@code [maps, positions, channels]}, filled from the front
 */
record EventList(IntArray count, ShortArray channel) {
    /** Most channels of a position that can be listed. */
    static final int MOST_CHANNELS = Short.MAX_VALUE + 1;

    /**
     * Adds the task that lists a signal.
     *
     * @throws IllegalArgumentException if a position has too many channels
     */
    static EventList of(Signal signal, Pass pass) {
        if (signal.shape().channels() > MOST_CHANNELS) {
            throw new IllegalArgumentException("a tiled layer that reads " + signal.shape()
                    + ": the tornado backend lists at most " + MOST_CHANNELS + " channels of a position");
        }
        int maps = pass.memory.maps(signal.constant());
        EventList made = new EventList(
                new IntArray(Math.multiplyExact(maps, signal.shape().positions())),
                new ShortArray(Math.multiplyExact(maps, signal.shape().size())));
        IntArray g = Sizes.ofMap(signal.shape());
        g.set(G.HEIGHT, signal.shape().height());
        g.set(G.WIDTH, signal.shape().width());
        g.set(G.CHANNELS, signal.shape().channels());
        g.set(G.CONSTANT_INPUT, signal.constant() ? 1 : 0);
        pass.upload(g);
        pass.graph.task(
                pass.graph.threads("list", (long) maps * signal.shape().positions()),
                EventKernels::list,
                signal.single(),
                signal.halves(),
                made.count(),
                made.channel(),
                g,
                pass.run,
                pass.sixteen);
        return made;
    }
}
