/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.List;

/** Block {@code train.stds}. */
public record StdsBlock(
        @Key(
                value =
                        "Half-width D that the zone of latent weights around 0 has at the end, inside which effective weights are 0; 0 trains a dense network.",
                otherwise = "0.1",
                range = "[0, 1000]",
                source =
                        "Chen et al., ICML 2022, take 1 to 5 in 2,048 epochs; docs/sparse-training.md for small networks",
                addedLater = true)
        double width,

        @Key(
                value =
                        "How the zone widens from 0 to D, by the step: in half a sine, slow at both ends; evenly (linear); or D from the start (constant).",
                otherwise = "sine",
                source = "published code of Chen et al., ICML 2022, as the defaults of this block",
                addedLater = true)
        Schedule schedule,

        @Key(
                value =
                        "Whether the gradient reaches latent weights inside the zone, so that they can return (stmod), or ends at it (st).",
                otherwise = "stmod",
                addedLater = true)
        Form form,

        @Key(
                value =
                        "Move latent weights away from 0 by D at the start, so that effective weights start as they were drawn; for schedule constant.",
                otherwise = "false",
                addedLater = true)
        boolean inverseInitial,

        @Key(
                value =
                        "How strongly latent weights are pulled to 0 by their sign at every step, times the learning rate, as Grad R does: with adam what changes its sign becomes 0, with sgd it does not.",
                otherwise = "0",
                range = "[0, 1000]",
                source = "published code of Chen et al., ICML 2022, after Chen et al., IJCAI 2021",
                addedLater = true)
        double signPenalty,

        @Key(
                value = "Names of layers that stay dense, or patterns with * and ?; all others are pruned.",
                otherwise = "[]",
                addedLater = true)
        List<String> except) {

    /** Values of {@code train.stds.schedule}. */
    public enum Schedule {
        SINE,
        LINEAR,
        CONSTANT
    }

    /** Values of {@code train.stds.form}. */
    public enum Form {
        STMOD,
        ST
    }

    public StdsBlock {
        except = List.copyOf(except);
        Interval.check("width", width, "[0, 1000]");
        Interval.check("sign_penalty", signPenalty, "[0, 1000]");
        if (inverseInitial && schedule != Schedule.CONSTANT) {
            throw new InvalidSetting(
                    "inverse_initial",
                    "must be false for train.stds.schedule " + Scalars.word(schedule)
                            + ", whose zone has no width at the start, got true");
        }
    }
}
