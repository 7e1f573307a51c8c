/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a network is: layers, neurons and how they are connected, with the shapes that follow. Times are in steps, potentials in
 * units of the weight. Knows nothing of parameters' values, hardware or how it is run.
 */
package io.synaptile.sim.network;
