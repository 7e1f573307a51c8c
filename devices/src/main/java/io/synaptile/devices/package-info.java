/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What one memory cell does, whatever it stores: the contract of a cell model, how models are found and how their options
 * are read. Conductances are in microsiemens. Knows nothing of weights, networks, files or tiles.
 */
package io.synaptile.devices;
