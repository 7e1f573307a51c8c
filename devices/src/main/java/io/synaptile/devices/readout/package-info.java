/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How the cells of a whole array make the currents of its columns, where that is more than a sum. Conductances are in
 * microsiemens; currents are given over the read voltage, so in microsiemens too. Knows nothing of weights, layers or tiles.
 */
package io.synaptile.devices.readout;
