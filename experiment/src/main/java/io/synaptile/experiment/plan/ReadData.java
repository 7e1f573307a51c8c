/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.DataBlock;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.NetworkBlock;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.network.Shape;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The images that were read last, so that design points that differ in other settings do not read them again. */
public final class ReadData {
    /**
     * What the images of an experiment depend on.
     *
     * @param read shape that the network reads, where it is known without reading the files
     * @param arch decides on that shape where it is not
     * @param seed of the order of a user's own samples
     * @param coding says what frames of a user's own are for
     */
    private record Key(
            DataBlock block,
            Optional<Shape> read,
            Optional<NetworkBlock.Arch> arch,
            OptionalLong seed,
            Optional<NetworkBlock.Coding> coding,
            String folder) {
        static Key of(ExperimentFile file) {
            Experiment experiment = file.experiment();
            DataBlock data = experiment.data();
            Optional<Shape> image = ExperimentData.reader(file).form().map(DataForm::shape);
            return new Key(
                    data,
                    image.map(shape -> ExperimentNetwork.input(experiment.network(), shape)),
                    data.isOwn() ? Optional.of(experiment.network().arch()) : Optional.empty(),
                    data.isOwn() ? OptionalLong.of(experiment.seed()) : OptionalLong.empty(),
                    data.isOwn() ? Optional.of(experiment.network().coding()) : Optional.empty(),
                    ExperimentData.folder(file).map(Path::toString).orElse(""));
        }
    }

    private Key key;
    private DatasetSplits data;

    /** As {@link ExperimentData#load}. */
    public DatasetSplits load(ExperimentFile file, Site site) {
        Key asked = Key.of(file);
        if (!asked.equals(key)) {
            data = ExperimentData.load(file, site);
            key = asked;
        }
        return data;
    }

    /**
     * Shape and classes of the images as the files have them: what is known of a published set or said in the manifest
     * of a user's own, else what reading tells.
     */
    public DataForm form(ExperimentFile file, Site site) {
        return ExperimentData.reader(file)
                .form()
                .or(() -> file.experiment().data().foundForm())
                .orElseGet(() -> load(file, site).train().form());
    }
}
