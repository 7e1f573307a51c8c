/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What every file of the simulator has in common: how a bad one is reported, how good ones are written, by one process at a
 * time and so that a kill or a full disk leaves the old or the new, and what identifies their content. Formats live in the
 * packages below; this one must not know them.
 */
package io.synaptile.sim.io;
