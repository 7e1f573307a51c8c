/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The self-contained HTML page of a run: a template, charts drawn as inline SVG and the data as JSON. It shows what the
 * record holds and computes nothing but positions on the page.
 */
package io.synaptile.reports.html;
