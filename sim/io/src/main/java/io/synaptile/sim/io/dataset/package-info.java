/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Labelled image sets: where their files are looked for, what a reader must deliver, and how raw pixels become normalised
 * batches {@code [samples, C, H, W]}. Readers are found by the service loader; networks and training are unknown here.
 */
package io.synaptile.sim.io.dataset;
