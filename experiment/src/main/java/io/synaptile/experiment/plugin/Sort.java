/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

/** Sorts of parts that an experiment can name. */
public enum Sort {
    CELL("cell", "hardware.cell.kind"),
    CODEC("codec", "hardware.codec"),
    ENERGY_TABLE("energy table", "hardware.energy"),
    CONVERTER("converter", "hardware.readout.adc.kind"),
    ARRAY_READOUT("array read-out", "hardware.readout.array.kind");

    private final String word;
    private final String key;

    Sort(String word, String key) {
        this.word = word;
        this.key = key;
    }

    /** Key of the experiment file that names such a part. */
    public String key() {
        return key;
    }

    /** As it is told. */
    @Override
    public String toString() {
        return word;
    }
}
