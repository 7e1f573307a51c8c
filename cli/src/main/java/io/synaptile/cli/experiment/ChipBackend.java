/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.ComputeBackend;
import java.util.List;
import java.util.Optional;

/**
 * The backend that computes the chips of an experiment: another one than it asks for, where arrays are read and that one has
 * no kernels for it.
 *
 * @param layers names of the layers whose arrays are read
 */
record ChipBackend(ComputeBackend asked, ComputeBackend computing, List<String> layers) {
    ChipBackend {
        layers = List.copyOf(layers);
    }

    static ChipBackend of(ComputeBackend asked, ChipDesign design) {
        List<String> layers = design.tiles().layers().stream()
                .filter(tiles -> design.arrayReadout(tiles.layer()).isPresent())
                .map(LayerTiles::name)
                .toList();
        return new ChipBackend(asked, layers.isEmpty() ? asked : asked.forArrays(), layers);
    }

    boolean differs() {
        return computing != asked;
    }

    /** One line for the user, where the backend is not the one that was asked for. */
    Optional<String> notice() {
        return differs()
                ? Optional.of("chips are computed by backend " + computing.id() + ", since " + asked.id()
                        + " has no kernels for the array read-outs of " + String.join(", ", layers))
                : Optional.empty();
    }
}
