/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How an image, or one frame after the other, becomes spikes or currents at every time step. Knows nothing of layers.
 */
package io.synaptile.sim.spikes;
