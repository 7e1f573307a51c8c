/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whether parts that a plug-in may provide keep their contracts: cells, converters, energy tables and read-outs of arrays. The
 * checks behind {@code device check}, which authors can also run in their own tests. Knows no particular part.
 */
package io.synaptile.devices.conformance;
