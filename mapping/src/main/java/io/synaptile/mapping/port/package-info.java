/* SPDX-License-Identifier: Apache-2.0 */
/** Physical arrays: one interface for those of this machine's simulation and for those on a bench. */
package io.synaptile.mapping.port;
