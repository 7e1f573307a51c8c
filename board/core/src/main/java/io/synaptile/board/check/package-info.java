/* SPDX-License-Identifier: Apache-2.0 */
/** Whether a board keeps the contract of the wire form. */
package io.synaptile.board.check;
