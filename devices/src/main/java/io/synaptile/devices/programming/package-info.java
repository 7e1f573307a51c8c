/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a write reaches: the error of one pulse, cells whose own range differs, and pulses repeated until a read confirms
 * the target. Conductances in microsiemens. Knows nothing of time or of reads made later.
 */
package io.synaptile.devices.programming;
