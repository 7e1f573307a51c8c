/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which thread is in which call of a plug-in, and a watch over how long. A call costs one small object and no clock: the watch
 * looks at all threads a few times a second, and notes when it saw a call first.
 */
public final class OpenCalls {
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** A longer pause was one of the whole process, in which the plug-in did not run either. */
    private static final Duration LONGEST_PAUSE = PAUSE.multipliedBy(5);

    private static final Set<OfThread> THREADS = ConcurrentHashMap.newKeySet();
    private static final ThreadLocal<OfThread> OWN = ThreadLocal.withInitial(OfThread::register);

    private static Consumer<String> whenOver;
    private static boolean watched;

    private OpenCalls() {}

    /** The calls that a thread is in; only that thread writes. */
    private static final class OfThread {
        private final Thread thread = Thread.currentThread();
        private volatile Call innermost;

        private static OfThread register() {
            OfThread own = new OfThread();
            THREADS.add(own);
            return own;
        }
    }

    /** One call; a codec of a plug-in may call a cell of another. */
    private static final class Call {
        private final Guard guard;
        private final String method;
        private final Call outer;
        /** Time of the watch, ns, at which it saw the call first; 0 before. Used by the watch alone. */
        private long seen;

        Call(Guard guard, String method, Call outer) {
            this.guard = guard;
            this.method = method;
            this.outer = outer;
        }
    }

    static void enter(Guard guard, String method) {
        OfThread own = OWN.get();
        own.innermost = new Call(guard, method, own.innermost);
    }

    static void leave() {
        OfThread own = OWN.get();
        own.innermost = own.innermost.outer;
    }

    /**
     * Says what is to happen when a call takes longer than it may; without it nothing watches.
     *
     * @param over is told, once, about the first such call in one line; nothing can stop the thread that is in it, so this has to
     *     end the process
     */
    public static synchronized void whenOver(Consumer<String> over) {
        whenOver = over;
    }

    /** Starts the watch when there is something to watch. */
    static synchronized void begin() {
        if (whenOver != null && !watched) {
            watched = true;
            Thread.ofPlatform().daemon().name("plug-in watch").start(OpenCalls::watch);
        }
    }

    private static synchronized void tell(String problem) {
        whenOver.accept(problem);
    }

    private static void watch() {
        long time = 1;
        long before = System.nanoTime();
        Optional<String> problem = Optional.empty();
        while (problem.isEmpty()) {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
            long now = System.nanoTime();
            time += Math.min(now - before, LONGEST_PAUSE.toNanos());
            before = now;
            problem = over(time);
        }
        tell(problem.get());
    }

    /** What is wrong with the calls at a time, ns. */
    private static Optional<String> over(long time) {
        for (OfThread each : THREADS) {
            if (!each.thread.isAlive()) {
                THREADS.remove(each);
            }
            for (Call call = each.innermost; call != null; call = call.outer) {
                Patience patience = call.guard.jar().patience();
                if (call.seen == 0) {
                    call.seen = time;
                } else if (!patience.endless()
                        && time - call.seen > patience.limit().toNanos()) {
                    return Optional.of(call.guard.lasting(call.method, place(each.thread, call.guard.jar())));
                }
            }
        }
        return Optional.empty();
    }

    /** Where in the plug-in a thread is. */
    private static String place(Thread thread, PlugInJar jar) {
        return Arrays.stream(thread.getStackTrace())
                .filter(frame -> jar.name().equals(frame.getClassLoaderName()))
                .findFirst()
                .map(frame -> " (in " + frame.getClassName() + "." + frame.getMethodName() + ")")
                .orElse("");
    }
}
