/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.folder.BackendFacts;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.ComputeBackend;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The backend that computes the chips of an experiment: another one than it asks for, where arrays are read or leave out rows and
 * that one has no kernels for it.
 *
 * @param layers names of the layers of which that is so
 * @param cause what it has no kernels for, in words
 */
public record ChipBackend(ComputeBackend asked, ComputeBackend computing, List<String> layers, String cause) {
    private static final String READ_OUTS = "the array read-outs";
    private static final String BOARDS = "the boards";
    private static final String LEFT_OUT = "tiles that leave out rows and columns (hardware.sparse_mapping)";

    public ChipBackend {
        layers = List.copyOf(layers);
    }

    /** @param onBoards node ids of layers with arrays that are real */
    public static ChipBackend of(ComputeBackend asked, ChipDesign design, Set<Integer> onBoards) {
        List<String> layers = design.tiles().layers().stream()
                .filter(tiles -> design.arrayReadout(tiles.layer()).isPresent()
                        || onBoards.contains(tiles.layer())
                        || tiles.pattern().isPresent())
                .map(LayerTiles::name)
                .toList();
        boolean read = design.tiles().layers().stream()
                .anyMatch(tiles -> design.arrayReadout(tiles.layer()).isPresent());
        String cause = read ? READ_OUTS : onBoards.isEmpty() ? LEFT_OUT : BOARDS;
        return new ChipBackend(asked, layers.isEmpty() ? asked : asked.forArrays(), layers, cause);
    }

    boolean differs() {
        return computing != asked;
    }

    /** One line for the user, where the backend is not the one that was asked for. */
    public Optional<String> notice() {
        return differs()
                ? Optional.of("chips are computed by backend " + computing.id() + ", since " + asked.id()
                        + " has no kernels for " + cause + " of " + String.join(", ", layers))
                : Optional.empty();
    }

    /** What a run records of the backend, with what computes its arrays where that is another one. */
    public BackendFacts facts(BackendChoice choice) {
        return differs()
                ? choice.facts().with(new BackendFacts.Arrays(layers, computing.id(), computing.description()))
                : choice.facts();
    }
}
