/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plan.BackendChoice;
import io.synaptile.experiment.plan.ExperimentData;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.experiment.plan.ReadData;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.model.ModelFile;
import java.util.function.Function;

/**
 * What is read and checked before anything is computed.
 *
 * @param plan what the experiment comes to
 * @param choice the backend
 * @param data all images
 * @param simulated images that chips see
 */
record Inputs(Plan plan, BackendChoice choice, DatasetSplits data, Dataset simulated) {
    /**
     * Reads and checks.
     *
     * @param read images that may have been read before
     * @param progress hears what the user is to know of the choice of backend, the files and the prices
     * @throws io.synaptile.experiment.file.ConfigException if the parts of the experiment do not go together
     * @throws io.synaptile.sim.io.DataFileException if its data cannot be read
     */
    static Inputs read(ExperimentFile file, Site site, ReadData read, Progress progress) {
        return read(file, site, read, progress, images -> Plan.of(file, images));
    }

    /** The same, where the network has been trained. */
    static Inputs read(ExperimentFile file, Site site, ReadData read, Progress progress, ModelFile trained) {
        return read(file, site, read, progress, images -> Plan.of(file, images, trained));
    }

    private static Inputs read(
            ExperimentFile file, Site site, ReadData read, Progress progress, Function<DataForm, Plan> planned) {
        BackendChoice choice = BackendChoice.of(file, site);
        choice.notice().ifPresent(progress::notice);
        DatasetSplits data = read.load(file, site);
        data.files().forEach(source -> source.reading().ifPresent(progress::notice));
        Dataset simulated = ExperimentData.limited(
                file,
                "simulate.samples",
                data.test(),
                file.experiment().simulate().samples());
        Plan plan = planned.apply(data.train().form());
        plan.cost().notices().forEach(progress::notice);
        return new Inputs(plan, choice, data, simulated);
    }

    ComputeBackend backend() {
        return choice.backend();
    }
}
