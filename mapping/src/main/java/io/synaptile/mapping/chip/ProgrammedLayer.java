/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

/**
 * Conductances of one layer on one chip.
 *
 * @param conductances uS, {@code [plane][rows * outputs]}, each row-major; the columns that a tile has once stand at all of
 *     its outputs; owned by this record, not changed
 * @param errorRmsMicrosiemens root mean square of programmed minus target over all its cells
 * @param writePulses pulses given to all its cells together
 */
public record ProgrammedLayer(float[][] conductances, double errorRmsMicrosiemens, long writePulses) {}
