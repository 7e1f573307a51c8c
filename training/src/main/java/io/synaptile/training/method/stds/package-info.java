/* SPDX-License-Identifier: Apache-2.0 */
/** Training of sparse networks by soft thresholds whose flat zone widens: state transition of dendritic spines. */
package io.synaptile.training.method.stds;
