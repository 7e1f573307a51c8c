/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How the latent weights that the optimiser updates become the effective weights of a forward pass, and how the gradient by
 * the effective weights is pulled back to the latent ones: quantisers, ternary weights, pruning, device variation, and SRAM
 * words beside RRAM weights. Weights are relative to a full scale of 1. Nothing here knows networks' layers, backends or
 * memory cells; a cell's variation arrives as a {@link io.synaptile.training.transform.WeightPerturbation}. What a graphics
 * processor can compute by itself is also said in numbers, as a {@link io.synaptile.sim.compute.WeightStage}.
 */
package io.synaptile.training.transform;
