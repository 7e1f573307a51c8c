/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The exact cell: it reaches its target and reads back what was programmed. Reference for every other cell. Conductances in
 * microsiemens; knows nothing of variation.
 */
package io.synaptile.devices.ideal;
