/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How weights become cell conductances and back: encodings, their layout as a crossbar matrix, and the effective weights of
 * one programming. Conductances in microsiemens, weights in units of the trained network. Knows nothing of tile sizes, chips
 * or converters.
 */
package io.synaptile.mapping.codec;
