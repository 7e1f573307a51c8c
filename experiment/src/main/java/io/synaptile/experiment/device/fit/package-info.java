/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Turns measured conductances into the tables of a {@code table} cell, and says how well the cell made from them repeats the
 * measurement. Conductances in microsiemens, times in seconds. Knows nothing of networks or experiments.
 */
package io.synaptile.experiment.device.fit;
