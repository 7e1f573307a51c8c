/* SPDX-License-Identifier: Apache-2.0 */
/** Calls to arrays written to a file, and answered from one. */
package io.synaptile.board.trace;
