/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Puts text of users' files into messages: cut where it is long, and without characters that move a cursor, end a line or
 * turn the reading direction. Words refusals so that they speak of properties, whose names are left to whoever prints them.
 * Knows nothing of where the text is from.
 */
package io.synaptile.text.message;
