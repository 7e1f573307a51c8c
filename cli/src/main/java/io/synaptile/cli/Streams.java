/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import java.io.PrintStream;
import java.io.PrintWriter;

/** Where a command writes: {@code out} for data, {@code err} for everything else. */
record Streams(PrintWriter out, PrintStream err) {}
