/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.RunBlock;
import io.synaptile.experiment.folder.BackendFacts;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.ComputeBackend;
import java.util.List;
import java.util.Optional;

/**
 * The backend of an experiment.
 *
 * @param reason why it is that one, if {@link #AUTO} was asked for
 */
public record BackendChoice(ComputeBackend backend, Optional<String> reason) {
    /** Asks for a graphics processor if there is one, else for {@link #PROCESSOR}. */
    static final String AUTO = "auto";

    private static final String PROCESSOR = "cpu";

    /**
     * The backend of an experiment.
     *
     * @throws io.synaptile.experiment.file.ConfigException if there is none of that name, or it cannot do what is asked
     */
    public static BackendChoice of(ExperimentFile file, Site site) {
        RunBlock run = file.experiment().run();
        BackendChoice choice;
        try {
            choice = of(run.backend(), site.withoutTornado());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw file.problem("run.backend", "run.backend: " + e.getMessage());
        }
        if (!run.recompute()) {
            return choice;
        }
        try {
            return new BackendChoice(choice.backend().recomputing(), choice.reason());
        } catch (IllegalArgumentException e) {
            throw file.problem("run.recompute", "run.recompute: " + e.getMessage());
        }
    }

    /**
     * What a user's word stands for.
     *
     * @param asked id of a backend, with or without a device, or {@link #AUTO}
     * @param withoutTornado why the backend tornado is not installed; empty if it is
     * @throws IllegalArgumentException if there is no such backend or device, naming what there is
     * @throws IllegalStateException if the backend has no device at all, saying what is missing
     */
    public static BackendChoice of(String asked, Optional<String> withoutTornado) {
        if (asked.equals(AUTO)) {
            List<ComputeBackend> others = Backends.ids().stream()
                    .filter(id -> !id.equals(PROCESSOR))
                    .map(Backends::open)
                    .toList();
            return automatic(Backends.open(PROCESSOR), others, withoutTornado);
        }
        ComputeBackend backend = Backends.open(asked);
        // So that a machine without a device is found out before anything is computed.
        backend.description();
        return new BackendChoice(backend, Optional.empty());
    }

    static BackendChoice automatic(
            ComputeBackend processor, List<ComputeBackend> others, Optional<String> withoutTornado) {
        String missing = withoutTornado.orElse("no backend for graphics processors is installed");
        for (ComputeBackend backend : others) {
            try {
                if (backend.accelerated()) {
                    return new BackendChoice(backend, Optional.of("it has a graphics processor"));
                }
                if (!backend.devices().isEmpty()) {
                    missing = "no device of " + backend.id() + " is a graphics processor";
                }
            } catch (IllegalStateException e) {
                missing = e.getMessage();
            }
        }
        return new BackendChoice(processor, Optional.of(missing));
    }

    /** One line for the user, where the choice was left to us. */
    public Optional<String> notice() {
        return reason.map(
                why -> "run.backend auto chooses " + backend.id() + " (" + backend.description() + "): " + why);
    }

    /** What a run records of it. */
    public BackendFacts facts() {
        return new BackendFacts(backend.id(), backend.description(), reason, Optional.empty());
    }
}
