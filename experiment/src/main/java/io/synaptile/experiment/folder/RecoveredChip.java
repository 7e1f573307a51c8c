/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

/** The chip that SRAM words were trained beside, in a simulation of chips. */
public sealed interface RecoveredChip {
    /** It is one of the chips that were simulated. */
    record Simulated(double accuracyPercent) implements RecoveredChip {}

    /** The hardware programs another chip by its number now. */
    record Other(String reason) implements RecoveredChip {
        /** The chip of that number is another one. */
        public static Other of(int instance) {
            return new Other(
                    "chip " + instance + " of this hardware is not the one the SRAM words were trained beside");
        }
    }

    /** A number of percent, or why there is none. */
    default Object shown() {
        return switch (this) {
            case Simulated(double accuracyPercent) -> accuracyPercent;
            case Other(String reason) -> reason;
        };
    }
}
