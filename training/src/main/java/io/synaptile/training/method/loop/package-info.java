/* SPDX-License-Identifier: Apache-2.0 */

/** Ways to train a network further while some of its layers are on arrays. */
package io.synaptile.training.method.loop;
