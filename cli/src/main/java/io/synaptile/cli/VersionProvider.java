/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import picocli.CommandLine;

/** Answers {@code --version}. */
final class VersionProvider implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {Product.line(), "Java " + Runtime.version()};
    }
}
