/* SPDX-License-Identifier: Apache-2.0 */
/** A disk for tests that is full, or whose process is killed, at a chosen moment. */
package io.synaptile.sim.io.faults;
