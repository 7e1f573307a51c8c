/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.DataBlock;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.network.Shape;

/** The images that were read last, so that design points that differ in other settings do not read them again. */
public final class ReadData {
    /** What the images of an experiment depend on. */
    private record Key(DataBlock block, Shape read) {}

    private Key key;
    private DatasetSplits data;

    /** As {@link ExperimentData#load}. */
    public DatasetSplits load(ExperimentFile file, Site site) {
        Shape image = ExperimentData.reader(file).shape();
        Key asked = new Key(
                file.experiment().data(),
                ExperimentNetwork.input(file.experiment().network(), image));
        if (!asked.equals(key)) {
            data = ExperimentData.load(file, site);
            key = asked;
        }
        return data;
    }
}
