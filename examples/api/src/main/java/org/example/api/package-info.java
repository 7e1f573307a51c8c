/* SPDX-License-Identifier: Apache-2.0 */

/** Programs that use the library without an experiment file. */
package org.example.api;
