/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.NetworkBlock;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.FrameChoice;
import io.synaptile.sim.spikes.Encoder;

/**
 * How the samples of an experiment become input, and for how many steps.
 *
 * @param timeSteps steps of training
 * @param simulatedTimeSteps steps of a simulated inference
 */
public record ExperimentInput(Encoder encoder, int timeSteps, int simulatedTimeSteps) {
    /** Divisor of the published Poisson code; see {@link Encoder.Poisson}. */
    private static final float POISSON_RESCALE = 2f;

    /**
     * The input of an experiment.
     *
     * @throws io.synaptile.experiment.file.ConfigException if coding or steps do not fit the data
     */
    static ExperimentInput of(ExperimentFile file, DataForm data) {
        Experiment experiment = file.experiment();
        int steps = experiment.network().timeSteps();
        if (data.frames() == 0) {
            requireFrames(file, steps == 0, "network.time_steps", "data");
            requireFrames(
                    file, experiment.network().coding() == NetworkBlock.Coding.SPIKES, "network.coding", "spikes");
        } else if (steps != 0 && steps != data.frames()) {
            throw file.problem(
                    "network.time_steps",
                    "network.time_steps is " + steps + ", and the samples have " + data.frames()
                            + " frames, one for every step; write network.time_steps: data, or join frames with data.bin");
        } else if (experiment.simulate().timeSteps() > data.frames()) {
            throw file.problem(
                    "simulate.time_steps",
                    "simulate.time_steps must be at most " + data.frames()
                            + ", the frames of a sample, one for every step, got "
                            + experiment.simulate().timeSteps());
        }
        int trained = steps == 0 ? data.frames() : steps;
        int simulated = experiment.simulate().timeSteps();
        return new ExperimentInput(
                encoder(experiment.network().coding(), data), trained, simulated == 0 ? trained : simulated);
    }

    private static void requireFrames(ExperimentFile file, boolean needed, String key, String word) {
        if (needed) {
            throw file.problem(
                    key,
                    key + " " + word + " needs samples of frames, and those of data.set "
                            + file.experiment().data().set() + " are images; data.axes says which axis of an array"
                            + " of npz is which, for example NTF");
        }
    }

    private static Encoder encoder(NetworkBlock.Coding coding, DataForm data) {
        boolean frames = data.frames() > 0;
        return switch (coding) {
            case POISSON -> frames ? new Encoder.PoissonFrames() : new Encoder.Poisson(POISSON_RESCALE);
            case DIRECT -> frames ? new Encoder.DirectFrames() : new Encoder.Direct();
            case SPIKES -> new Encoder.SpikeFrames(data.largest());
        };
    }

    /** What values of frames are for. */
    static FrameChoice.Values values(NetworkBlock.Coding coding) {
        return switch (coding) {
            case POISSON -> FrameChoice.Values.PROBABILITIES;
            case DIRECT -> FrameChoice.Values.CURRENTS;
            case SPIKES -> FrameChoice.Values.SPIKES;
        };
    }
}
