/* SPDX-License-Identifier: Apache-2.0 */
/** A cell of one's own: copy this folder, rename, replace the physics. Conductances in microsiemens. */
package org.example.leaky;
