/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

/**
 * Conductances of one layer on one chip.
 *
 * @param conductances uS, {@code [physical column of an output][rows * outputs]}, each row-major; owned by this record, not
 *     changed
 * @param errorRmsMicrosiemens root mean square of programmed minus target over all its cells
 * @param writePulses pulses given to all its cells together
 */
public record ProgrammedLayer(float[][] conductances, double errorRmsMicrosiemens, long writePulses) {}
