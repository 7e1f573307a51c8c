/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How programmed conductances change with time: power-law drift, relaxation after the write, loss of retention. Conductances
 * in microsiemens, times in seconds since programming. Knows nothing of reads.
 */
package io.synaptile.devices.drift;
