/* SPDX-License-Identifier: Apache-2.0 */
/** Arrays of this process served as a board. */
package io.synaptile.board.server;
