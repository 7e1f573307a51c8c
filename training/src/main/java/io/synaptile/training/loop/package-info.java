/* SPDX-License-Identifier: Apache-2.0 */

/** Training with arrays in its passes, simulated or real. */
package io.synaptile.training.loop;
