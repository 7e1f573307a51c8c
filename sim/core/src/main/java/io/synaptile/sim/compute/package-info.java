/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a backend is asked for and answers: a network as numbers (synapses dense or on arrays, norms, neurons), a batch in,
 * scores, activity and gradients out. Currents and membranes are in units of the weight, conductances only as sums of driven
 * rows in microsiemens. Knows nothing of devices, files or how weights came about.
 */
package io.synaptile.sim.compute;
