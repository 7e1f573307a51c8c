/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Whether many threads may use one object: what each of many calls gives must not depend on those beside it. */
public final class ManyThreads {
    private static final int CALLS = 64;
    private static final int THREADS = 4;

    private ManyThreads() {}

    /**
     * Makes numbered calls one after the other and then by several threads.
     *
     * @param call gives what is compared; called with 0 to 63
     * @param equal whether two results are the same
     * @return what was found; empty if all are the same
     */
    public static <R> String check(IntFunction<R> call, BiPredicate<R, R> equal) throws Exception {
        List<R> alone = IntStream.range(0, CALLS).mapToObj(call).toList();
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<R>> calls = IntStream.range(0, CALLS)
                    .<Callable<R>>mapToObj(number -> () -> call.apply(number))
                    .toList();
            List<Future<R>> together = pool.invokeAll(calls);
            for (int i = 0; i < CALLS; i++) {
                if (!equal.test(alone.get(i), together.get(i).get())) {
                    return "results depend on what other threads do";
                }
            }
        }
        return "";
    }
}
