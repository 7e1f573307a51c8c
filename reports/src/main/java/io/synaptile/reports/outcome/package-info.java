/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One finished run as a record: all tables, what they were measured on and where each constant comes from; and its closing
 * summary as text and JSON. Files and pages are made from it elsewhere.
 */
package io.synaptile.reports.outcome;
