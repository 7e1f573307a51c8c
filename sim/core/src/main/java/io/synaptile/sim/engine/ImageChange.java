/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.engine;

import io.synaptile.sim.network.Shape;

/** What becomes of an image on its way into a batch; depends on seed, sample and pass alone. */
public interface ImageChange {
    /** Images as they are. */
    ImageChange NONE = new ImageChange() {
        @Override
        public boolean isNone() {
            return true;
        }

        @Override
        public void apply(float[] source, Shape shape, float[] into, int offset, long seed, long sampleId, int pass) {
            System.arraycopy(source, 0, into, offset, shape.size());
        }
    };

    /** Whether images stay as they are. */
    boolean isNone();

    /**
     * Writes the changed image.
     *
     * @param source pixels in the order c, h, w
     * @param into receives as many, from {@code offset}; must not be {@code source}
     */
    void apply(float[] source, Shape shape, float[] into, int offset, long seed, long sampleId, int pass);
}
