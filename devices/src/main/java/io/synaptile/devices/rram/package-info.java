/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The {@code rram} kind: a resistive cell whose every effect is an option of the experiment file. Conductances in
 * microsiemens. {@link io.synaptile.devices.rram.LogNormalVariation} applies its default variation to values in any unit;
 * nothing here knows where a cell sits or what it stands for.
 */
package io.synaptile.devices.rram;
