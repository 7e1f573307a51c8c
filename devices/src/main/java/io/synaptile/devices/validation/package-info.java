/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Rows of reference tables and what our models make of their inputs. Units are those of the tables' column names. Knows
 * nothing of files, tolerances of a whole table or how results are printed.
 */
package io.synaptile.devices.validation;
