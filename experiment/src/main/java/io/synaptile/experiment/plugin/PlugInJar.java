/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** A jar that plug-ins came from, and what its code did that no plug-in may do. */
public final class PlugInJar {
    private final Path path;
    private final String sha256;
    private final SortedMap<String, String> further;
    private final Patience patience;
    private final AtomicReference<String> misdeed = new AtomicReference<>();

    /**
     * @param sha256 of its bytes, hexadecimal
     * @param further see {@link #further}
     * @param patience with its loading and with every call
     */
    PlugInJar(Path path, String sha256, SortedMap<String, String> further, Patience patience) {
        this.path = path;
        this.sha256 = sha256;
        this.further = Collections.unmodifiableSortedMap(new TreeMap<>(further));
        this.patience = patience;
    }

    Path path() {
        return path;
    }

    /** SHA-256 of its bytes, hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** Name of the file. */
    public String name() {
        return path.getFileName().toString();
    }

    /** SHA-256 of every other jar and folder that its classes may come from, by the name below the folder of plug-ins. */
    public SortedMap<String, String> further() {
        return further;
    }

    Patience patience() {
        return patience;
    }

    /** Notes what its code tried, which ends the next call even if it catches what it was refused with. */
    void accuse(String did) {
        misdeed.compareAndSet(null, did);
    }

    /** The first thing it tried that it may not do, as it follows its name in a message. */
    Optional<String> misdeed() {
        return Optional.ofNullable(misdeed.get());
    }
}
