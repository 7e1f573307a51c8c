/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Analogue-to-digital conversion of column sums: resolution, input range and how the range is calibrated. Sums are in
 * whatever unit the caller reads columns in; knows nothing of cells or of what a column stands for.
 */
package io.synaptile.devices.converter;
