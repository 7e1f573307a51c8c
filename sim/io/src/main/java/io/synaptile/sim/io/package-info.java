/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What every file of the simulator has in common: how a bad one is reported, how a good one is written and what
 * identifies its content. Formats live in
 * the packages below; this one must not know them.
 */
package io.synaptile.sim.io;
