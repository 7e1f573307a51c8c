/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Cells of published devices: fits and tables, each a class named after its source, and the ready-made cells made of them.
 * Conductances in microsiemens, times in seconds. A ready-made cell refuses to leave the range that its source covers.
 */
package io.synaptile.devices.published;
