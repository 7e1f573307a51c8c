/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Ways to train a network, each in a package of its own behind {@link io.synaptile.training.method.Method}: phases that follow
 * one another and what is made of the last. Knows no files and no experiment keys.
 */
package io.synaptile.training.method;
