/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Published cost tools, composed exactly as their released code does, quirks included, so that their numbers can be
 * reproduced. For comparison only; our own model is in {@code cost}. Energies in pJ, areas in um2, times in ns.
 */
package io.synaptile.devices.cost.compat;
