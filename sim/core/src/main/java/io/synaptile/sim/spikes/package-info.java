/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How an image becomes spikes or currents at every time step. Pixels are 0 to 1. Knows nothing of layers.
 */
package io.synaptile.sim.spikes;
