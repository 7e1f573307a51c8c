/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What layers did on a chip, as counts of physical events and time, and what that costs in energy, latency and area. Counts
 * are totals over the samples of a run, energies in pJ, times in ns. Prices are those of tables that are handed in; knows nothing
 * of files.
 */
package io.synaptile.mapping.cost;
