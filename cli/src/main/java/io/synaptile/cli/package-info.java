/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command line: commands and options, exit codes, progress and summaries on the terminal. Data goes to standard
 * output, everything else to standard error. Knows how to ask for an experiment, not how it is run.
 */
package io.synaptile.cli;
