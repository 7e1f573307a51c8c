/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.List;
import java.util.StringJoiner;

/**
 * One design of a sweep.
 *
 * @param number from 0 in the order of the grid
 * @param keys swept, dotted; empty for a design on its own
 * @param values of the keys, as they were written
 */
public record DesignPoint(int number, List<String> keys, List<String> values) {
    /** The only design of an experiment without a sweep. */
    public static final DesignPoint SINGLE = new DesignPoint(0, List.of(), List.of());

    public DesignPoint {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
        if (number < 0 || keys.size() != values.size()) {
            throw new IllegalArgumentException(
                    "design point " + number + " with " + keys.size() + " keys and " + values.size() + " values");
        }
    }

    /** The number and the settings as a person reads them, for example {@code point 3 (hardware.readout.bits=5)}. */
    public String describe() {
        StringJoiner settings = new StringJoiner(", ", " (", ")").setEmptyValue("");
        for (int i = 0; i < keys.size(); i++) {
            if (!values.get(i).isEmpty()) {
                settings.add(keys.get(i) + "=" + values.get(i));
            }
        }
        return "point " + number + settings;
    }
}
