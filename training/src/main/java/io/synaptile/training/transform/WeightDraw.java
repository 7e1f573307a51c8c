/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

/**
 * Which forward pass weights are computed for; random transforms derive their stream from it.
 *
 * @param node id of the layer in its network
 * @param epoch number of the epoch, from 0
 * @param batch number of the batch in its epoch, from 0
 */
public record WeightDraw(long seed, int node, int epoch, int batch) {}
