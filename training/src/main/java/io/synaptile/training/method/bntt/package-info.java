/* SPDX-License-Identifier: Apache-2.0 */

/** Back-propagation through time with a surrogate gradient. */
package io.synaptile.training.method.bntt;
