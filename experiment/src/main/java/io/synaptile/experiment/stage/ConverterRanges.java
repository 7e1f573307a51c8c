/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.plan.Plan;
import io.synaptile.mapping.calibration.RangeCalibrator;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.network.Parameters;
import java.util.Map;

/** The converters of an experiment's columns, with ranges that training images set. */
final class ConverterRanges {
    /** Pass of the input coding in range calibration; never that of an epoch or an evaluation. */
    private static final int CALIBRATION_PASS = Evaluator.TEST_PASS + 1;

    private ConverterRanges() {}

    /**
     * See {@link RangeCalibrator#calibrate}.
     *
     * @param parameters of the network beside its weights
     * @param images for training
     */
    static Map<Integer, SynapsePlan.Converter[]> of(
            Plan plan, ChipDesign design, Parameters parameters, Dataset images) {
        Experiment experiment = plan.experiment();
        int count = Math.min(experiment.hardware().readout().calibrationSamples(), images.size());
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = images.sampleId(i);
        }
        return RangeCalibrator.calibrate(
                design,
                parameters,
                new InputBatch(
                        images.images(0, count),
                        Math.max(1, images.frames()),
                        count,
                        plan.simulatedTimeSteps(),
                        plan.encoder(),
                        experiment.seed(),
                        CALIBRATION_PASS,
                        ids),
                experiment.run().effectiveThreads());
    }
}
