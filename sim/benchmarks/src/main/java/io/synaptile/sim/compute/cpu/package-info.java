/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Rates of the processor's kernels, in the package of the kernels because these are not public. Never deployed.
 */
package io.synaptile.sim.compute.cpu;
