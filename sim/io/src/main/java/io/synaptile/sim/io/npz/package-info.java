/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The array files of NumPy: single arrays (npy) and archives of named ones (npz), read and written. Knows nothing of what the
 * numbers mean.
 */
package io.synaptile.sim.io.npz;
