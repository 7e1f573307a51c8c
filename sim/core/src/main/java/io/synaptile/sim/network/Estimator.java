/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/** What stands in training for the derivative of spikes, which have none. */
public sealed interface Estimator permits Surrogate, Representation {}
