/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What every file of the simulator has in common: how a bad one is reported and how a good one is written. Formats live in
 * the packages below; this one must not know them.
 */
package io.synaptile.sim.io;
