/* SPDX-License-Identifier: Apache-2.0 */
/** Image sets in the IDX format (MNIST and Fashion-MNIST). It knows that format and nothing else. */
package io.synaptile.sim.io.dataset.idx;
