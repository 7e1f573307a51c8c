/* SPDX-License-Identifier: Apache-2.0 */
/** Boards: physical arrays of another process or machine, and the server that stands in for one. */
package io.synaptile.board;
