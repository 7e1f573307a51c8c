/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A dense, time-stepped backend on ND4J with oneDNN: every weight meets every input at every step, spikes or not. It answers
 * whether another implementation of the same layers gives the same spikes and gradients, and what sparsity saves. Currents
 * and potentials are in units of the weights. Activity is kept as {@code [steps * samples, C, H, W]}, step-major. It knows no
 * devices: crossbar tiles are numbers here, and their read noise is drawn on the host, at its addresses.
 *
 * <p>ND4J allocates outside the Java heap, where no limit of the virtual machine holds: every array belongs to an {@link
 * io.synaptile.sim.nd4j.Arena} that closes it.
 */
package io.synaptile.sim.nd4j;
