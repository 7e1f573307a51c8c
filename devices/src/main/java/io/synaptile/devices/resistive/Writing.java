/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.resistive;

import io.synaptile.devices.fault.Endurance;
import io.synaptile.devices.fault.StuckCells;
import io.synaptile.devices.programming.ProgrammingVariation;
import io.synaptile.devices.programming.RangeSpread;
import io.synaptile.devices.programming.SharedError;
import io.synaptile.devices.programming.SinglePulse;
import io.synaptile.devices.programming.WriteVerify;
import java.util.Objects;

/**
 * What happens in a write, in this order: the target moves into the cell's own range, a pulse misses it, further pulses correct
 * it, stuck and worn cells ignore it all.
 */
public record Writing(
        RangeSpread rangeSpread,
        ProgrammingVariation variation,
        SharedError shared,
        WriteVerify verify,
        StuckCells stuck,
        Endurance endurance) {
    public Writing {
        Objects.requireNonNull(rangeSpread);
        Objects.requireNonNull(variation);
        Objects.requireNonNull(shared);
        Objects.requireNonNull(verify);
        Objects.requireNonNull(stuck);
        Objects.requireNonNull(endurance);
    }

    /** One pulse per cell in a common range, by cells that are not worn. */
    public static Writing of(ProgrammingVariation variation, StuckCells stuck) {
        return new Writing(RangeSpread.NONE, variation, SharedError.NONE, new SinglePulse(), stuck, Endurance.FRESH);
    }

    /** Whether every cell follows its write. */
    public boolean isFaultless() {
        return stuck.equals(StuckCells.NONE) && endurance.cycles() == 0;
    }

    /** Whether variation and independently stuck cells are all there is. */
    public boolean isPlain() {
        return equals(of(variation, stuck)) && stuck.independent();
    }
}
