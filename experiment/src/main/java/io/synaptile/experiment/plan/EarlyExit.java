/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.SimulateBlock;
import io.synaptile.sim.engine.StopRule;
import io.synaptile.sim.network.Network;

/** The stop rule that an experiment names. */
public final class EarlyExit {
    private EarlyExit() {}

    public static StopRule rule(Experiment experiment) {
        SimulateBlock block = experiment.simulate();
        return switch (block.stop()) {
            case NONE -> new StopRule.Never();
            case GAMMA_MEAN -> new StopRule.GammaMean(threshold(block, StopRule.GammaMean.USUAL_THRESHOLD));
            case MARGIN -> new StopRule.Margin(threshold(block, StopRule.Margin.USUAL_THRESHOLD));
        };
    }

    private static double threshold(SimulateBlock block, double usual) {
        return block.stopThreshold() == 0 ? usual : block.stopThreshold();
    }

    /** Refuses a rule that the network has nothing to decide by. */
    public static void requireFit(ExperimentFile file, Network network) {
        boolean byGamma = file.experiment().simulate().stop() == SimulateBlock.Stop.GAMMA_MEAN;
        if (byGamma && !StopRule.GammaMean.fits(network)) {
            throw file.problem(
                    "simulate.stop",
                    "simulate.stop gamma-mean needs a hidden layer with network.norm bntt, whose scales differ from step"
                            + " to step");
        }
    }
}
