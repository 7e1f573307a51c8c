/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Input ranges of converters, chosen from column sums on training images. Sums are in weight units. Knows nothing of
 * programmed chips: ranges belong to the design.
 */
package io.synaptile.mapping.calibration;
