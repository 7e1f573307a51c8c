/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Resistive memory: what a cell reaches when it is programmed towards a target, which cells are stuck, and how noisy a read
 * is. Conductances in microsiemens, spreads relative. {@link io.synaptile.devices.rram.LogNormalVariation} applies the same
 * physics to values in any unit; nothing here knows where a cell sits or what it stands for.
 */
package io.synaptile.devices.rram;
