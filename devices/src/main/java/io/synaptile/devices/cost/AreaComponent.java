/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import io.synaptile.text.message.Quoted;
import java.util.Arrays;
import java.util.List;

/** Lines of an area report, in report order, with what is counted for each. */
public enum AreaComponent {
    /** Memory cells of all arrays, used or not. */
    CELL("cell", "cells", false),
    ROW_DRIVER("row_driver", "rows", false),
    ADC("adc", "converters", false),
    /** One at every converter. */
    COLUMN_MUX("column_mux", "converters", false),
    SAMPLE_HOLD("sample_hold", "columns", false),
    /** Joins slices and planes, one behind every converter. */
    SHIFT_ADD("shift_add", "converters", true),
    ARRAY_REGISTER("array_register", "rows and columns", true),
    TILE_BUFFER("tile_buffer", "arrays", true),
    ROUTER("router", "arrays", true),
    /** Membranes, words of digital layers and SRAM words beside cells. */
    MEMORY_BIT("memory_bit", "bits", true);

    private final String id;
    private final String unit;
    private final boolean digital;

    AreaComponent(String id, String unit, boolean digital) {
        this.id = id;
        this.unit = unit;
        this.digital = digital;
    }

    /** Name in files. */
    public String id() {
        return id;
    }

    /** Plural of what one count stands for, for reports. */
    public String unit() {
        return unit;
    }

    /** Whether it consists of digital blocks, whose area follows the technology node. */
    public boolean digital() {
        return digital;
    }

    /** Whether its area depends on the resolution of the converter, or else on the width of sums where it states one. */
    int width(WordWidths widths) {
        return this == ADC ? widths.adc() : widths.sum();
    }

    /**
     * The component of a table key.
     *
     * @throws IllegalArgumentException listing the known ones
     */
    static AreaComponent ofId(String id) {
        for (AreaComponent component : values()) {
            if (component.id.equals(id)) {
                return component;
            }
        }
        List<String> known = Arrays.stream(values()).map(AreaComponent::id).toList();
        throw new IllegalArgumentException(
                "unknown component " + Quoted.of(id) + "; known: " + String.join(", ", known));
    }
}
