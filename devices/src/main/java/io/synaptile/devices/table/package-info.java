/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Cells that are described by measured tables instead of code: what each state reaches, and how it changes with time.
 * Conductances in microsiemens, times in seconds. Knows nothing of how a table was measured or fitted.
 */
package io.synaptile.devices.table;
