/* SPDX-License-Identifier: Apache-2.0 */
/** Whether results are what they were: run folders held against the checksums of their manifests, and runs done again. */
package io.synaptile.experiment.repeat;
