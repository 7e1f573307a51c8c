/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

/** What parts whole numbers from fractions. */
public enum DecimalMark {
    POINT,
    COMMA
}
