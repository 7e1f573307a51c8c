/* SPDX-License-Identifier: Apache-2.0 */

/**
 * From a trained artificial network to a spiking one: both forms of a network, the scale of every activation, and the thresholds,
 * weights and biases that follow. Knows no training and no files.
 */
package io.synaptile.training.conversion;
