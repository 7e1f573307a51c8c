/* SPDX-License-Identifier: Apache-2.0 */

/** Event files that TensorBoard reads: scalars by tag and step. Knows no host time, so that equal scalars give equal bytes. */
package io.synaptile.reports.tensorboard;
