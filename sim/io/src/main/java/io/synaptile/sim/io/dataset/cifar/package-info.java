/* SPDX-License-Identifier: Apache-2.0 */
/** CIFAR-10 and CIFAR-100 in their binary editions. It knows that format and nothing else. */
package io.synaptile.sim.io.dataset.cifar;
