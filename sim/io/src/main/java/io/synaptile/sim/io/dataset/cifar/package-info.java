/* SPDX-License-Identifier: Apache-2.0 */
/** CIFAR-10 in its binary edition. It knows that format and nothing else. */
package io.synaptile.sim.io.dataset.cifar;
