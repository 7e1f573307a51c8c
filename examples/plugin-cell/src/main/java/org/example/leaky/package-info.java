/* SPDX-License-Identifier: Apache-2.0 */
/** Your own cell: copy this folder, rename, replace the physics. Conductances in microsiemens. */
package org.example.leaky;
