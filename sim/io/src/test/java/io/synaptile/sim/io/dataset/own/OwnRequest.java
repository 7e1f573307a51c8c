/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.dataset.DataRequest;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.dataset.Datasets;
import io.synaptile.sim.io.dataset.FrameChoice;
import io.synaptile.sim.io.dataset.NormalisationChoice;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.network.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What a test asks of a user's own files. */
record OwnRequest(
        String set,
        Path folder,
        List<String> train,
        List<String> test,
        NormalisationChoice normalisation,
        OwnData own) {
    static OwnRequest of(String set, Path folder, String... train) {
        return new OwnRequest(
                set, folder, List.of(train), List.of(), new NormalisationChoice.None(), OwnData.NOTHING_SAID);
    }

    OwnRequest tested(String test) {
        return new OwnRequest(set, folder, train, List.of(test), normalisation, own);
    }

    OwnRequest normalised(NormalisationChoice choice) {
        return new OwnRequest(set, folder, train, test, choice, own);
    }

    OwnRequest labelled(String column) {
        return with(new OwnData(
                own.arrays(),
                Optional.of(column),
                own.ignored(),
                own.channels(),
                own.shape(),
                own.classes(),
                own.classNames(),
                own.testShare(),
                own.frames(),
                own.seed()));
    }

    OwnRequest ignoring(String... columns) {
        return with(new OwnData(
                own.arrays(),
                own.label(),
                List.of(columns),
                own.channels(),
                own.shape(),
                own.classes(),
                own.classNames(),
                own.testShare(),
                own.frames(),
                own.seed()));
    }

    OwnRequest shared(double share, long seed) {
        return with(new OwnData(
                own.arrays(),
                own.label(),
                own.ignored(),
                own.channels(),
                own.shape(),
                own.classes(),
                own.classNames(),
                OptionalDouble.of(share),
                own.frames(),
                seed));
    }

    OwnRequest inChannels(OwnData.Channels channels) {
        return with(new OwnData(
                own.arrays(),
                own.label(),
                own.ignored(),
                Optional.of(channels),
                own.shape(),
                own.classes(),
                own.classNames(),
                own.testShare(),
                own.frames(),
                own.seed()));
    }

    OwnRequest shaped(Shape shape) {
        return with(new OwnData(
                own.arrays(),
                own.label(),
                own.ignored(),
                own.channels(),
                Optional.of(shape),
                own.classes(),
                own.classNames(),
                own.testShare(),
                own.frames(),
                own.seed()));
    }

    OwnRequest classed(int classes) {
        return with(new OwnData(
                own.arrays(),
                own.label(),
                own.ignored(),
                own.channels(),
                own.shape(),
                OptionalInt.of(classes),
                own.classNames(),
                own.testShare(),
                own.frames(),
                own.seed()));
    }

    OwnRequest called(String... classes) {
        return with(new OwnData(
                own.arrays(),
                own.label(),
                own.ignored(),
                own.channels(),
                own.shape(),
                own.classes(),
                List.of(classes),
                own.testShare(),
                own.frames(),
                own.seed()));
    }

    OwnRequest arrays(OwnData.Arrays arrays) {
        return with(new OwnData(
                arrays,
                own.label(),
                own.ignored(),
                own.channels(),
                own.shape(),
                own.classes(),
                own.classNames(),
                own.testShare(),
                own.frames(),
                own.seed()));
    }

    OwnRequest frames(FrameChoice frames) {
        return with(new OwnData(
                own.arrays(),
                own.label(),
                own.ignored(),
                own.channels(),
                own.shape(),
                own.classes(),
                own.classNames(),
                own.testShare(),
                frames,
                own.seed()));
    }

    private OwnRequest with(OwnData other) {
        return new OwnRequest(set, folder, train, test, normalisation, other);
    }

    DatasetSplits load() {
        return Datasets.installed()
                .load(new DataRequest(
                        set,
                        Optional.of(folder),
                        Optional.empty(),
                        List.of(),
                        train,
                        test,
                        OptionalDouble.of(0),
                        normalisation,
                        own));
    }
}
