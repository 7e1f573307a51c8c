/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a caller chooses about hardware, as refusals of this module speak of it. Knows neither how the choices are written down
 * nor what they do.
 */
package io.synaptile.mapping.property;
