/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Cells that no longer follow a write: stuck from the start, by themselves, as lines or in clusters, or worn out by earlier
 * writes. Conductances in microsiemens.
 */
package io.synaptile.devices.fault;
