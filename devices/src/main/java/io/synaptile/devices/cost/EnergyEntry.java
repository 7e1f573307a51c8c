/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * One price of an energy table.
 *
 * @param event what is priced
 * @param energyPicojoules energy of {@code per} events, at least 0
 * @param per events that the energy covers, for example 256 for an access of 256 bits
 * @param nodeNanometres technology node, empty where the source does not state it
 * @param precisionBits word width the energy holds for, empty where it does not depend on one
 * @param scaled whether the source's number was scaled to this node
 * @param source where the number was read
 * @param note how it was chosen or changed; may be empty
 */
public record EnergyEntry(
        EnergyEvent event,
        double energyPicojoules,
        double per,
        OptionalInt nodeNanometres,
        OptionalInt precisionBits,
        boolean scaled,
        String source,
        String note) {
    /** A kilojoule; what is beyond would not stay finite once it is counted. */
    public static final double LARGEST_PICOJOULES = 1e15;

    private static final double FEWEST = 1e-9;

    public EnergyEntry {
        Objects.requireNonNull(event);
        Objects.requireNonNull(note);
        if (!(energyPicojoules >= 0 && energyPicojoules <= LARGEST_PICOJOULES)) {
            throw new IllegalArgumentException(
                    "energy_pJ must be at least 0 and at most " + LARGEST_PICOJOULES + ", got " + energyPicojoules);
        }
        if (!(per >= FEWEST) || Double.isInfinite(per)) {
            throw new IllegalArgumentException("per must be at least " + FEWEST + ", got " + per);
        }
        if (nodeNanometres.isPresent() && nodeNanometres.getAsInt() < 1) {
            throw new IllegalArgumentException("node_nm must be at least 1, got " + nodeNanometres.getAsInt());
        }
        if (precisionBits.isPresent()
                && (precisionBits.getAsInt() < 1 || precisionBits.getAsInt() > WordWidths.MAX_BITS)) {
            throw new IllegalArgumentException("precision_bits must be between 1 and " + WordWidths.MAX_BITS + ", got "
                    + precisionBits.getAsInt());
        }
        if (precisionBits.isPresent() && event.width() == EnergyEvent.Width.NONE) {
            throw new IllegalArgumentException(
                    "event '" + event.key() + "' has no word width; leave precision_bits blank");
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("an energy needs a source");
        }
    }

    /** Energy of one event, pJ. */
    public double unitPicojoules() {
        return energyPicojoules / per;
    }

    /**
     * The same at another technology node.
     *
     * @param factor energy there over energy here
     * @param how continues the note
     */
    EnergyEntry scaledTo(int nanometres, double factor, String how) {
        String said = note.isEmpty() ? how : note + "; " + how;
        return new EnergyEntry(
                event, energyPicojoules * factor, per, OptionalInt.of(nanometres), precisionBits, true, source, said);
    }
}
