/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.faults;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The file system of this machine, on which one change of many fails: as if the disk were full then, or as if the process had
 * been killed before it, after which nothing can be done any more.
 */
public final class FailingDisk extends FileSystem {
    /** What happens to the chosen change. */
    public enum Fault {
        /** It fails alone. */
        FULL,
        /** It fails with everything that comes afterwards. */
        KILLED
    }

    private final FileSystem system = FileSystems.getDefault();
    private final FailingProvider provider = new FailingProvider(this);
    private final Fault fault;
    private final long chosen;
    private long changes;

    private FailingDisk(Fault fault, long chosen) {
        this.fault = fault;
        this.chosen = chosen;
    }

    /** A disk whose change number {@code chosen}, from 0, fails. */
    public static FailingDisk failing(Fault fault, long chosen) {
        return new FailingDisk(fault, chosen);
    }

    /** A disk that does not fail, but counts. */
    public static FailingDisk counting() {
        return new FailingDisk(Fault.FULL, Long.MAX_VALUE);
    }

    /** A path of this machine as one of this disk. */
    public Path path(Path of) {
        return new FailingPath(this, of);
    }

    /** Changes that were asked for: folders and files made, bytes written or synced, names given and taken. */
    public synchronized long changes() {
        return changes;
    }

    /** Called before every change. */
    synchronized void change(Path path) throws IOException {
        long number = changes++;
        if (number == chosen || fault == Fault.KILLED && number > chosen) {
            throw new FileSystemException(path.toString(), null, "No space left on device");
        }
    }

    /** Called before everything else. */
    synchronized void look(Path path) throws IOException {
        if (fault == Fault.KILLED && changes > chosen) {
            throw new FileSystemException(path.toString(), null, "the process was killed");
        }
    }

    FileSystem system() {
        return system;
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return system.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        Stream<Path> roots = StreamSupport.stream(system.getRootDirectories().spliterator(), false);
        return roots.map(this::path).toList();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return system.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return system.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return path(system.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = system.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(FailingPath.real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return system.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
