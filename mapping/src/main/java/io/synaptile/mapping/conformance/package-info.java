/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whether a weight codec keeps the contract of {@link io.synaptile.mapping.codec.WeightCodec}: the checks behind {@code device
 * check}, which authors of codecs can also run in their own tests. Knows no particular codec.
 */
package io.synaptile.mapping.conformance;
