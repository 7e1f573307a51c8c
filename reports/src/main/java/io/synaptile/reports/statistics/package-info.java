/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Statistics of repeated measurements: mean, spread and confidence interval of a sample. Units are
 * those of the values put in. Nothing here knows what was measured.
 */
package io.synaptile.reports.statistics;
