/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Device kernels as static Java methods that TornadoVM compiles to OpenCL C, PTX or Metal: nothing here but such methods
 * and the constants they share. No objects, no exceptions, no recursion.
 *
 * <p>Conventions. A signal holds one map per sample and step, map {@code t * N + n}, each {@code [positions, channels]}
 * (channels last); a constant signal (the image of direct coding and what depends on it alone) holds one map per sample. Sizes
 * of a layer come in an {@code IntArray} at the places of {@link io.synaptile.sim.tornado.kernel.G}, those of a batch in one
 * at the places of {@link io.synaptile.sim.tornado.kernel.R}, those of a stage of the weights at {@link io.synaptile.sim.tornado.kernel.S}, and not as scalars, which TornadoVM would compile into the
 * kernel: one kernel then serves every layer and batch. A signal is a pair of arrays of which the scalar {@code sixteen}
 * chooses one, single precision or half.
 *
 * <p>Traps that shape the code: {@code >>>} of an int becomes an arithmetic shift, so words are kept in longs under masks;
 * names of methods and parameters must not be words of OpenCL C.
 */
package io.synaptile.sim.tornado.kernel;
