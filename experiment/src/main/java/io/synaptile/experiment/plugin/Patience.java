/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long the code of a plug-in may take: to be loaded, and for every call.
 *
 * @param limit host time; zero for no limit
 */
public record Patience(Duration limit) {
    /** Far more than a plug-in needs that programs an array cell by cell. */
    public static final Patience USUAL = new Patience(Duration.ofSeconds(60));

    /** Refuses a limit below zero. */
    public Patience {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a time limit must be at least 0 s, got " + seconds(limit));
        }
    }

    boolean endless() {
        return limit.isZero();
    }

    /** The limit with its unit. */
    String told() {
        return seconds(limit) + " s";
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0
                ? String.valueOf(limit.toSeconds())
                : String.valueOf(limit.toMillis() / 1000.0);
    }

    /**
     * The result of {@code body}, which runs on a thread of its own, so that a jar that never comes back, in a static initialiser
     * for example, hinders nothing else. It must change nothing that others see: it may go on when nobody waits any more.
     *
     * @throws PlugInException naming the jar if it takes too long
     */
    <T> T load(PlugInJar jar, Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread.ofPlatform().daemon().name("plug-in " + jar.name()).start(task);
        try {
            return endless() ? task.get() : task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PlugInException(
                    "plug-in " + jar.name() + " cannot be loaded: it is not ready after " + told()
                            + "; --plugin-seconds sets the limit",
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
