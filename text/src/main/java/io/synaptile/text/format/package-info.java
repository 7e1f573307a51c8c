/* SPDX-License-Identifier: Apache-2.0 */
/** Tells what kind a file is by its first bytes, so that a message can name it. Knows nothing of what was expected of it. */
package io.synaptile.text.format;
