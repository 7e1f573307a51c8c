/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed set of threads that take numbered tasks in order. Which thread runs a task is left open, so tasks must write to
 * places of their own; sums over tasks are made afterwards, in task order.
 */
final class Workers implements AutoCloseable {
    /** One numbered task; {@code worker} is below the number of threads and never shared by two running tasks. */
    @FunctionalInterface
    interface Task {
        void run(int worker, int task);
    }

    private final int threads;
    private final ExecutorService pool;

    Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        this.threads = threads;
        this.pool = threads == 1
                ? null
                : Executors.newFixedThreadPool(threads - 1, runnable -> {
                    Thread thread = new Thread(runnable, "synaptile-cpu");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    int threads() {
        return threads;
    }

    /** Runs tasks 0 to {@code tasks - 1} and returns when all are done. */
    void run(int tasks, Task task) {
        if (pool == null || tasks == 1) {
            for (int i = 0; i < tasks; i++) {
                task.run(0, i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> others = new ArrayList<>(threads - 1);
        for (int worker = 1; worker < threads; worker++) {
            int id = worker;
            others.add(pool.submit(() -> take(next, tasks, task, id)));
        }
        RuntimeException failure = null;
        try {
            take(next, tasks, task, 0);
        } catch (RuntimeException e) {
            next.set(tasks);
            failure = e;
        }
        for (Future<?> other : others) {
            failure = join(other, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void take(AtomicInteger next, int tasks, Task task, int worker) {
        for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
            task.run(worker, i);
        }
    }

    private static RuntimeException join(Future<?> future, RuntimeException earlier) {
        try {
            future.get();
            return earlier;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IllegalStateException("interrupted while computing", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            return earlier != null ? earlier : (RuntimeException) e.getCause();
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.shutdownNow();
        }
    }
}
