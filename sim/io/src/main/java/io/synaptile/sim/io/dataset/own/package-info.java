/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Readers of a user's own labelled samples: arrays in an npz file, tables of features, folders of pictures by class. What they
 * have in common is here too: which classes there are, in which order samples come, and which are set aside for testing.
 * Values are kept as stored (bytes 0-255 or single precision); networks, training and published sets are unknown here.
 */
package io.synaptile.sim.io.dataset.own;
