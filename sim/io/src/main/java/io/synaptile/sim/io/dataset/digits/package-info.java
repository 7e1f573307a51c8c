/* SPDX-License-Identifier: Apache-2.0 */
/** The UCI optical digits: 8 x 8 pixels of 17 grey levels as comma-separated text. It knows that format and nothing else. */
package io.synaptile.sim.io.dataset.digits;
