/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Networks with their weights, norms and training state in safetensors files. The network's graph travels as JSON in the
 * metadata, so that a file is complete in itself and its tensors load anywhere. How weights are trained is unknown here.
 */
package io.synaptile.sim.io.model;
