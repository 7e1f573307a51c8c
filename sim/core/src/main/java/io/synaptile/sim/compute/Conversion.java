/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How the column sums of a layer's arrays become digital.
 *
 * @param converters of each plane, empty for a plane that is converted exactly, as a digital branch is; without entries where
 *     all are
 * @param errors how single converters differ from those
 */
public record Conversion(List<Optional<SynapsePlan.Converter>> converters, Optional<ConverterErrors> errors) {
    /** Exact conversion of all planes. */
    public static final Conversion EXACT = new Conversion(List.of(), Optional.empty());

    public Conversion {
        converters = List.copyOf(converters);
        if (converters.isEmpty() && errors.isPresent()) {
            throw new IllegalArgumentException("errors of converters without converters");
        }
    }

    /** Converters of all planes, which do not differ from each other. */
    public static Conversion of(SynapsePlan.Converter... ofPlanes) {
        return new Conversion(Arrays.stream(ofPlanes).map(Optional::of).toList(), Optional.empty());
    }

    /** The same with converters that differ. */
    public Conversion with(ConverterErrors other) {
        return new Conversion(converters, Optional.of(other));
    }

    /** Converter of a plane; empty if it is converted exactly. */
    public Optional<SynapsePlan.Converter> converter(int plane) {
        return converters.isEmpty() ? Optional.empty() : converters.get(plane);
    }

    /** Whether codes of some converters are missing. */
    public boolean missesCodes() {
        return errors.filter(own -> own.table() != null).isPresent();
    }

    void requireFit(ArrayGrid grid, int planes) {
        if (!converters.isEmpty() && converters.size() != planes) {
            throw new IllegalArgumentException(
                    "converters of " + converters.size() + " planes for " + planes + " planes");
        }
        errors.ifPresent(own -> own.requireFit(grid.rowTiles() * planes * grid.outputs(), grid.outputs(), converters));
    }
}
