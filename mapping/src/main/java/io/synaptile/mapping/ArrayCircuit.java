/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What cells of an array make of a read, up to the converters.
 *
 * @param wires wires of the arrays
 * @param readout what reads the arrays; empty where cells and wires are all there is to it
 * @param columnLimitMicroamperes largest current of a column, in either direction; empty for any current
 */
public record ArrayCircuit(WireSpec wires, Optional<ArrayReadout> readout, OptionalDouble columnLimitMicroamperes) {
    /** Wires without resistance, columns that carry any current. */
    public static final ArrayCircuit IDEAL =
            new ArrayCircuit(WireSpec.ideal(), Optional.empty(), OptionalDouble.empty());

    public ArrayCircuit {
        Objects.requireNonNull(wires);
        if (readout.isPresent() && wires.model().resistive()) {
            throw RefusedException.of(
                    HardwareProperty.WIRES,
                    " must have no resistance where ",
                    HardwareProperty.ARRAY_READOUT,
                    " is " + readout.get().id() + ", which has wires of its own");
        }
        if (readout.isPresent() && wires.pairsOnColumns()) {
            throw RefusedException.of(
                    HardwareProperty.WIRE_TOPOLOGY,
                    " must not be c where ",
                    HardwareProperty.ARRAY_READOUT,
                    " is " + readout.get().id() + ", which reads one cell at every crossing");
        }
        if (columnLimitMicroamperes.isPresent() && !(columnLimitMicroamperes.getAsDouble() > 0)) {
            throw RefusedException.mustBe(
                    HardwareProperty.COLUMN_LIMIT, "above 0", columnLimitMicroamperes.getAsDouble());
        }
    }

    /** The same with other wires. */
    public ArrayCircuit withWires(WireSpec other) {
        return new ArrayCircuit(other, readout, columnLimitMicroamperes);
    }

    /** The same, read otherwise. */
    public ArrayCircuit withReadout(ArrayReadout other) {
        return new ArrayCircuit(wires, Optional.of(other), columnLimitMicroamperes);
    }

    /** The same with columns that carry at most some current, uA. */
    public ArrayCircuit withColumnLimit(double microamperes) {
        return new ArrayCircuit(wires, readout, OptionalDouble.of(microamperes));
    }
}
