/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The tables of a run folder: their columns with unit and type, one record per row, and how they become CSV files that
 * repeat byte for byte. Units stand in the names. Where the numbers come from is unknown here.
 */
package io.synaptile.reports.table;
