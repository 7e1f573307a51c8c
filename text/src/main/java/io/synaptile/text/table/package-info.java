/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads tables of text as spreadsheets and instruments write them: finds encoding, separator, decimal mark, header and units
 * from the file, says what it took the file for, and refuses with the reason where two readings are possible. Hands out cells
 * by line and column; knows nothing of what they mean.
 */
package io.synaptile.text.table;
