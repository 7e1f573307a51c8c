/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import java.util.Objects;

/**
 * Ages and temperatures that the source of a ready-made cell covers; changes no conductance.
 *
 * @param id kind of cell, for messages
 * @param lastSeconds end of the data; 0 where there are none, infinite where the source gives a law without an end
 */
public record AgeLimit(String id, double lastSeconds) implements Ageing {
    public AgeLimit {
        Objects.requireNonNull(id);
        if (!(lastSeconds >= 0)) {
            throw new IllegalArgumentException("data of an age must end at 0 s or later, got " + lastSeconds);
        }
    }

    @Override
    public CellDraws.Effect effect() {
        return CellDraws.Effect.DRIFT;
    }

    @Override
    public double aged(double target, double conductance, Age age, CellDraws cell) {
        return conductance;
    }

    @Override
    public void requireCovered(Age age) {
        if (age.kelvin() != Age.ROOM_KELVIN) {
            throw new IllegalArgumentException("cell '" + id + "' has no data on temperature; it must be read at "
                    + Age.ROOM_KELVIN + " K, got " + age.kelvin() + " K");
        }
        if (age.seconds() > lastSeconds) {
            throw new IllegalArgumentException(
                    lastSeconds == 0
                            ? "cell '" + id + "' has no data on ageing; its age must be 0 s, got " + age.seconds()
                                    + " s"
                            : "cell '" + id + "' has data up to an age of " + lastSeconds + " s, got " + age.seconds()
                                    + " s");
        }
    }
}
