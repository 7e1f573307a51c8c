/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * A reported quantity.
 *
 * @param name column name with its unit, for example {@code energy_pJ}; scripts rely on it
 * @param label what people read
 * @param unit as people read it, empty for none
 */
public record Metric(String name, String label, String unit, Type type) {
    /** What a value is. */
    public enum Type {
        TEXT,
        INTEGER,
        /** A double; NaN stands for "not available". */
        DECIMAL
    }

    public Metric {
        if (!name.matches("[A-Za-z0-9_.\\-]+")) {
            throw new IllegalArgumentException(
                    "metric name " + name + ": letters, digits, '_', '.' and '-' are allowed");
        }
    }

    static Metric text(String name, String label) {
        return new Metric(name, label, "", Type.TEXT);
    }

    static Metric integer(String name, String label) {
        return new Metric(name, label, "", Type.INTEGER);
    }

    static Metric decimal(String name, String label, String unit) {
        return new Metric(name, label, unit, Type.DECIMAL);
    }
}
