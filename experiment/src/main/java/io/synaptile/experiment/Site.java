/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where an experiment runs, so that nothing below reads the environment.
 *
 * @param version product version, for the manifest
 * @param commit commit of the build; empty if unknown
 * @param dataFolder folder named by {@code SYNAPTILE_DATA}
 * @param embeddedData folders with the data that comes with the product
 * @param withoutTornado why this installation was started without the backend tornado; empty if it is there
 */
public record Site(
        String version,
        String commit,
        Optional<Path> dataFolder,
        List<Path> embeddedData,
        Optional<String> withoutTornado) {
    public Site {
        embeddedData = List.copyOf(embeddedData);
    }
}
