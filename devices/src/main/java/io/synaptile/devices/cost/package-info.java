/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What an inference costs: physical events times a table of sourced unit energies, and the time the events take. Energies in
 * picojoules, times in nanoseconds, conductances in microsiemens. Receives counts; knows nothing of networks, spikes or how
 * the counts came about.
 */
package io.synaptile.devices.cost;
