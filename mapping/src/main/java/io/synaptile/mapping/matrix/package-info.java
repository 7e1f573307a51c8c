/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A matrix on tiles of its own, without a network around it: products of spikes, their errors and what they cost. Energies in
 * pJ. Knows nothing of training or files.
 */
package io.synaptile.mapping.matrix;
