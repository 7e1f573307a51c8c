/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import java.util.Optional;

/**
 * A {@link DifferentialPair} as numbers, for those who encode and decode on a device of their own.
 *
 * @param fullScale weight at the last step; empty where it is the largest magnitude of the weights written, 1 if that is 0
 * @param steps steps from 0 to full scale
 * @param sliceBits bits of one slice
 * @param slices slices of a column; a single one holds all steps
 * @param conductance targets by code, uS; owned by this record
 * @param codesPerMicrosiemens slope of a cell's code over its conductance, 0 at {@code conductance[0]}
 * @param tolerance distance from a whole code that counts as float rounding
 */
public record PairCode(
        Optional<Float> fullScale,
        int steps,
        int sliceBits,
        int slices,
        float[] conductance,
        double codesPerMicrosiemens,
        double tolerance) {}
