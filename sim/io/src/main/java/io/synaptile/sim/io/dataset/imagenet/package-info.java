/* SPDX-License-Identifier: Apache-2.0 */
/** Reader of Tiny-ImageNet, a folder of JPEG files per class, and of a single JPEG. Knows nothing of other layouts. */
package io.synaptile.sim.io.dataset.imagenet;
