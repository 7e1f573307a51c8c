/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What every compute backend must do, as tests: {@link io.synaptile.sim.compute.ComputeBackendContract} compares a backend
 * with {@code ReferenceNetwork}, an obvious, slow, dense, time-stepped implementation in double precision, on random
 * networks. Weights and currents are in units of the threshold. It knows no backend.
 */
package io.synaptile.sim.compute;
