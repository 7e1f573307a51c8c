/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.network.Shape;

/** Images of a data set as training reads them. */
public record DatasetImages(Dataset set) implements ImageSource {
    @Override
    public int size() {
        return set.size();
    }

    @Override
    public Shape shape() {
        return set.shape();
    }

    @Override
    public int classes() {
        return set.classes();
    }

    @Override
    public void image(int index, float[] into, int offset) {
        set.copyImage(index, into, offset);
    }

    @Override
    public int label(int index) {
        return set.label(index);
    }

    @Override
    public long sampleId(int index) {
        return set.sampleId(index);
    }
}
