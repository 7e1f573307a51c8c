/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What threads die of that a plug-in has started itself. Nobody would hear of it but for a stack trace on the screen; so it is noted
 * with the jar, and ends the next call of it.
 */
final class OwnThreads implements Thread.UncaughtExceptionHandler {
    private static final Map<String, PlugInJar> JARS = new ConcurrentHashMap<>();

    /** What other threads get; null for the usual. */
    private final Thread.UncaughtExceptionHandler others;

    private OwnThreads(Thread.UncaughtExceptionHandler others) {
        this.others = others;
    }

    /** Watches the threads of a jar, whose class loader has the jar's name. */
    static synchronized void watch(PlugInJar jar) {
        JARS.put(jar.name(), jar);
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        if (!(before instanceof OwnThreads)) {
            Thread.setDefaultUncaughtExceptionHandler(new OwnThreads(before));
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable problem) {
        Optional<PlugInJar> jar = Arrays.stream(problem.getStackTrace())
                .map(StackTraceElement::getClassLoaderName)
                .filter(Objects::nonNull)
                .map(JARS::get)
                .filter(Objects::nonNull)
                .findFirst();
        if (jar.isPresent()) {
            jar.get().accuse("threw " + Guard.told(problem) + " in a thread of its own");
        } else if (others != null) {
            others.uncaughtException(thread, problem);
        } else {
            System.err.println("synaptile: thread " + thread.getName() + " ended: " + problem);
            problem.printStackTrace();
        }
    }
}
