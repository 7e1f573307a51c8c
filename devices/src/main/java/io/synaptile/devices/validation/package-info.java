/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Recomputes cases of outside references with the cell models themselves, so that a case checks what a simulation uses. Reads
 * no files.
 */
package io.synaptile.devices.validation;
