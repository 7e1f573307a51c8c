/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tolerances of tests, named after what a number is compared with. Tests of every module use them; nothing else does, and
 * this package knows none of the others.
 */
package io.synaptile.testing;
