/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reference cases of the event cost model, recomputed by the path that a simulation takes: mapping, programming, processor
 * backend, projection, energy table. Knows nothing of files or how results are printed.
 */
package io.synaptile.mapping.validation;
