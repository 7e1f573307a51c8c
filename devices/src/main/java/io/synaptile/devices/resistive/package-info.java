/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A resistive cell put together from separately chosen effects: how it is written, how it ages, how it reads. Conductances in
 * microsiemens. Knows neither a technology nor where a cell sits.
 */
package io.synaptile.devices.resistive;
