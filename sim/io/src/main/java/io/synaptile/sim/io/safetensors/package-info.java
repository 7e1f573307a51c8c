/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tensors in the safetensors format: eight bytes of little-endian header length, a JSON header with type, shape and byte
 * range of every tensor, then raw little-endian data. What the tensors mean is for the package above.
 */
package io.synaptile.sim.io.safetensors;
