/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What hardware a network is placed on: tile size, encoding, cells, read-out. Numbers carry the keys of the experiment file
 * in their error messages. Knows nothing of files, training or backends.
 */
package io.synaptile.mapping;
