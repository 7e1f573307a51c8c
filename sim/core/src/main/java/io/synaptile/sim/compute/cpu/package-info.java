/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The processor's backend: event-driven and dense kernels, each with a plain twin of the same bits, and the stages of a
 * network that call them over a batch. Maps are channels-last. The only package that uses the Vector API; knows nothing of
 * experiments, devices or files.
 */
package io.synaptile.sim.compute.cpu;
