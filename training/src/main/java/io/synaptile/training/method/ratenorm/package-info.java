/* SPDX-License-Identifier: Apache-2.0 */

/** Training of artificial networks with rate norms, in two stages, and conversion to spiking networks. */
package io.synaptile.training.method.ratenorm;
