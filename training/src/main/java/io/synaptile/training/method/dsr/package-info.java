/* SPDX-License-Identifier: Apache-2.0 */
/** Training by differentiation on spike representation, from drawn weights or from an artificial network. */
package io.synaptile.training.method.dsr;
