/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A backend whose kernels are Java methods that TornadoVM compiles for graphics processors. It answers how the layers of
 * {@link io.synaptile.sim.network} run where activity and weights stay on a device for all time steps. Currents and
 * potentials are in units of the weights. It knows no devices in the sense of memory cells: crossbar tiles are numbers
 * here. No type of TornadoVM leaves this package.
 */
package io.synaptile.sim.tornado;
