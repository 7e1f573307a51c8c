/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What layers did, as counts of physical events and time on the chip. Counts are totals over the samples of a run, times in
 * ns. Knows nothing of unit energies.
 */
package io.synaptile.mapping.cost;
