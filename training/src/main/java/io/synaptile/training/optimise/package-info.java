/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What training minimises and how a parameter moves: the loss with its derivative by the class scores, stochastic gradient
 * descent, learning rates over epochs and initial weights. Works on flat arrays and knows neither networks nor backends.
 */
package io.synaptile.training.optimise;
