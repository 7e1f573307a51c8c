/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long a jar may take to be loaded. Its code runs on a thread of its own meanwhile, so that one that never comes back, in a
 * static initialiser for example, hinders nothing else.
 *
 * @param limit host time
 */
record Patience(Duration limit) {
    /** Far more than a jar needs that reads a file or two. */
    static final Patience USUAL = new Patience(Duration.ofSeconds(20));

    /**
     * The result of {@code body}, which must change nothing that others see: it may go on when nobody waits any more.
     *
     * @throws PlugInException naming the jar if it takes too long
     */
    <T> T call(PlugInJar jar, Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread.ofPlatform().daemon().name("plug-in " + jar.name()).start(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PlugInException(
                    "plug-in " + jar.name() + " cannot be loaded: it is not ready after " + limit.toMillis() / 1000.0
                            + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlugInException("plug-in " + jar.name() + " cannot be loaded: interrupted", e);
        } catch (ExecutionException e) {
            throw new PlugInException(
                    "plug-in " + jar.name() + " cannot be loaded: " + Guard.told(e.getCause()), e.getCause());
        }
    }
}
