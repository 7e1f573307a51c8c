/* SPDX-License-Identifier: Apache-2.0 */
/** Boards as a client sees them. */
package io.synaptile.board.client;
