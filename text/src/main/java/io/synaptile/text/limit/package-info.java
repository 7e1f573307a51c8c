/* SPDX-License-Identifier: Apache-2.0 */
/** Says how much of one file is read, and how a user raises that. Knows no formats. */
package io.synaptile.text.limit;
