/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.DataBlock;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.NetworkBlock;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataRequest;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetParts;
import io.synaptile.sim.io.dataset.DatasetReader;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.dataset.Datasets;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.message.Quoted;
import io.synaptile.text.message.RefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the images that an experiment's data block names. */
public final class ExperimentData {
    private ExperimentData() {}

    /**
     * Training, validation and test images within the limits of the experiment, in the shape that its network reads.
     *
     * @throws io.synaptile.experiment.file.ConfigException for an unknown set or a limit that leaves nothing to train on
     * @throws io.synaptile.sim.io.DataFileException if a file is missing or damaged
     */
    static DatasetSplits load(ExperimentFile file, Site site) {
        DataBlock data = file.experiment().data();
        DatasetSplits all = all(file, site);
        Shape read =
                ExperimentNetwork.input(file.experiment().network(), all.train().shape());
        Dataset train = limited(file, "data.train_samples", all.train().paddedTo(read), data.trainSamples());
        Dataset test = limited(file, "data.test_samples", all.test().paddedTo(read), data.testSamples());
        DatasetSplits splits = new DatasetParts(train, test).split(data.validation());
        if (splits.train().size() == 0) {
            throw file.problem(
                    "data.validation",
                    "data.validation " + data.validation() + " leaves none of " + train.size() + " training images");
        }
        return splits;
    }

    /**
     * All images as the files have them, none of them held out.
     *
     * @throws io.synaptile.experiment.file.ConfigException for an unknown set or a setting that does not fit the files
     * @throws io.synaptile.sim.io.DataFileException if a file is missing or damaged
     */
    public static DatasetSplits all(ExperimentFile file, Site site) {
        DataBlock data = file.experiment().data();
        reader(file);
        DataRequest request = new DataRequest(
                data.set(),
                folder(file),
                site.dataFolder(),
                site.embeddedData(),
                data.train(),
                data.test(),
                OptionalDouble.of(0),
                data.normalise().choice(),
                data.own(
                        ExperimentInput.values(file.experiment().network().coding()),
                        file.experiment().seed()));
        try {
            DatasetSplits splits = Datasets.installed().load(request);
            if (splits.train().frames() > 0 && file.experiment().network().coding() == NetworkBlock.Coding.POISSON) {
                OwnData.Arrays arrays = data.arrays().named();
                requireProbabilities(splits.train(), array(arrays.trainInputs(), arrays.trainImages()));
                requireProbabilities(splits.test(), array(arrays.testInputs(), arrays.testImages()));
            }
            return splits;
        } catch (RefusedException e) {
            throw file.refused("data.set", e);
        }
    }

    private static String array(List<String> inputs, String images) {
        return inputs.isEmpty() ? images : String.join(", ", inputs);
    }

    private static void requireProbabilities(Dataset part, String array) {
        float[] sample = new float[part.frames() * part.shape().size()];
        for (int i = 0; i < part.size(); i++) {
            part.image(i, sample, 0);
            for (int pixel = 0; pixel < sample.length; pixel++) {
                if (!(sample[pixel] >= 0 && sample[pixel] <= 1)) {
                    throw new DataFileException(
                            part.files().getFirst().path(),
                            "array " + Quoted.of(array) + " holds " + part.rawPixel(i, pixel)
                                    + (part.rawPixel(i, pixel) == sample[pixel]
                                            ? ""
                                            : ", which is " + sample[pixel] + " once it is normalised")
                                    + "; with network.coding poisson a value of a frame is the probability of a spike, 0"
                                    + " to 1; data.normalise can scale values, and network.coding direct takes any");
                }
            }
        }
    }

    /** The folder that the experiment names; files of a user's own are seen from that of the experiment file otherwise. */
    static Optional<Path> folder(ExperimentFile file) {
        DataBlock data = file.experiment().data();
        if (!data.dir().isEmpty()) {
            return Optional.of(file.resolve("data.dir", data.dir()));
        }
        return data.isOwn() ? Optional.of(file.resolve("data.train", "")) : Optional.empty();
    }

    /**
     * What is known of the set without reading it.
     *
     * @throws io.synaptile.experiment.file.ConfigException for an unknown set
     */
    public static DatasetReader reader(ExperimentFile file) {
        try {
            return Datasets.installed().reader(file.experiment().data().set());
        } catch (IllegalArgumentException e) {
            throw file.refused("data.set", e);
        }
    }

    /** The first images of a part, all for a limit of 0. */
    public static Dataset limited(ExperimentFile file, String key, Dataset part, int limit) {
        if (limit > part.size()) {
            throw file.problem(key, key + " must be at most " + part.size() + ", the images there are, got " + limit);
        }
        return limit == 0 ? part : part.slice(0, limit);
    }
}
