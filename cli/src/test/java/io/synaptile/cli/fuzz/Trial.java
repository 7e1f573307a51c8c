/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fuzz;

import io.synaptile.cli.CommandOutcome;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One file given to one reader, with the time that it takes watched. */
final class Trial {
    private static final int LONGEST_SECONDS = 20;

    private Trial() {}

    /**
     * What became of it.
     *
     * @param verdict what it is
     * @param line first line that a user would see
     */
    record Result(Verdict verdict, String line) {}

    static Result of(Target target, Path file) throws InterruptedException {
        FutureTask<CommandOutcome> task = new FutureTask<>(() -> outcome(target, file));
        Thread thread = Thread.ofPlatform().daemon().name("trial").start(task);
        try {
            CommandOutcome outcome = task.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            return new Result(
                    Verdict.of(outcome), outcome.err().lines().findFirst().orElse(""));
        } catch (TimeoutException e) {
            StackTraceElement[] at = thread.getStackTrace();
            return new Result(Verdict.SLOW, at.length == 0 ? "" : at[0].toString());
        } catch (ExecutionException e) {
            return new Result(Verdict.FAILURE, e.toString());
        }
    }

    /** Errors too, as the command line catches them. */
    private static CommandOutcome outcome(Target target, Path file) {
        try {
            return target.reading().read(file);
        } catch (Exception | Error e) {
            if (System.getProperty("fuzz.trace") != null) {
                e.printStackTrace();
            }
            return CommandOutcome.ofProblem(e);
        }
    }
}
