/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whether a cell keeps the contract of {@link io.synaptile.devices.CellModel}: the checks behind {@code device check}, which
 * authors of cells can also run in their own tests. Knows no particular cell.
 */
package io.synaptile.devices.conformance;
