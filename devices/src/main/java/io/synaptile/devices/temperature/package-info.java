/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What temperature does to a conductance when it is read, and to the pace at which cells age. Kelvin; activation energies in
 * electronvolt. No default has a source, so all are 0 until the user gives them.
 */
package io.synaptile.devices.temperature;
