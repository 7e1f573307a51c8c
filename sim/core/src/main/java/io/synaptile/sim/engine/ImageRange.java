/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.engine;

import io.synaptile.sim.network.Shape;
import java.util.Objects;

/** Consecutive images of another source. */
record ImageRange(ImageSource source, int from, int to) implements ImageSource {
    ImageRange {
        if (from < 0 || to < from || to > source.size()) {
            throw new IllegalArgumentException(
                    "images " + from + " to " + to + " asked for, there are " + source.size());
        }
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public Shape shape() {
        return source.shape();
    }

    @Override
    public int frames() {
        return source.frames();
    }

    @Override
    public int classes() {
        return source.classes();
    }

    @Override
    public void image(int index, float[] into, int offset) {
        source.image(at(index), into, offset);
    }

    @Override
    public int label(int index) {
        return source.label(at(index));
    }

    @Override
    public long sampleId(int index) {
        return source.sampleId(at(index));
    }

    private int at(int index) {
        return from + Objects.checkIndex(index, size());
    }
}
