/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the resistance of row and column wires does to the currents of a crossbar array: the exact solution, two
 * approximations, and the resistance of wires by technology node. Conductances in microsiemens, resistances in ohm,
 * voltages in volt, currents in microampere. Knows nothing of weights or of how a column is digitised.
 */
package io.synaptile.devices.wire;
