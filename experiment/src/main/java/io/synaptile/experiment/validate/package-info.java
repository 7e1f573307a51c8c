/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Recomputes published and reference results with the models that runs use, and says how far they agree. A family is the
 * cases of one file; case files of a user take the place of those that are included.
 */
package io.synaptile.experiment.validate;
