/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Digital SRAM words with a power-of-two shift, the exact partner of a varying array. A word is treated as a conductance of
 * one microsiemens per least significant bit, a unit of convenience; knows nothing of the array it corrects.
 */
package io.synaptile.devices.sram;
