/* SPDX-License-Identifier: Apache-2.0 */
/** Latency distributions of the host and of the simulated chip, recorded in nanoseconds. Nothing here measures time. */
package io.synaptile.reports.latency;
