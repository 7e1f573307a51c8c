/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment.file;

/** Everything an experiment file says, complete with defaults. */
public record Experiment(
        @Key("Name of the experiment; the run folder is named after it.")
        String name,

        @Key(value = "Seed of every random stream.", otherwise = "1")
        long seed,

        @Key("Which images are learned, and how they are divided.")
        DataBlock data,

        @Key("The spiking network.") NetworkBlock network,
        @Key("How the network is trained.") TrainBlock train,
        @Key("The chip the network is placed on.") HardwareBlock hardware,
        @Key("Which chips and images are simulated.") SimulateBlock simulate,

        @Key("How the host computes; changes no result beyond the backend's rounding.")
        RunBlock run) {

    public Experiment {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new InvalidSetting(
                    "name",
                    "must consist of 1 to 100 letters, digits, '.', '_' and '-' and begin with a letter or digit, got '"
                            + name + "'");
        }
        if (network.norm() == NetworkBlock.Norm.BNTT && simulate.timeSteps() > network.timeSteps()) {
            throw new InvalidSetting(
                    "simulate.time_steps",
                    "must be at most " + network.timeSteps()
                            + " (network.time_steps: a bntt norm has no statistics for later steps), got "
                            + simulate.timeSteps());
        }
    }

    /** Time steps of a simulated inference. */
    public int simulatedTimeSteps() {
        return simulate.timeSteps() == 0 ? network.timeSteps() : simulate.timeSteps();
    }
}
