/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Calls one part of a plug-in and turns whatever goes wrong into an exception that names the jar.
 *
 * @param part what is called, for example {@code cell fefet}
 */
record Guard(PlugInJar jar, String part) {

    /** The result of a call; everything that it throws, missing classes and endless recursion too, is the plug-in's. */
    <T> T call(String method, Callable<T> body) {
        try {
            return open(method, body);
        } catch (PlugInException e) {
            throw e;
        } catch (Throwable e) {
            throw thrown(method, e);
        }
    }

    /** Runs a call under the watch; what it was refused is its end even if it caught the refusal. */
    private <T> T open(String method, Callable<T> body) throws Exception {
        T result;
        OpenCalls.enter(this, method);
        try {
            result = body.call();
        } finally {
            OpenCalls.leave();
            requireHonest();
        }
        return result;
    }

    private void requireHonest() {
        jar.misdeed().ifPresent(did -> {
            throw broke(did);
        });
    }

    /** As {@link #call}, for what is made from the user's options: a refusal of one of these is told as it is. */
    <T> T make(Callable<T> body) {
        try {
            return open("create", body);
        } catch (IllegalArgumentException e) {
            throw e.getMessage() == null ? thrown("create", e) : e;
        } catch (Throwable e) {
            throw thrown("create", e);
        }
    }

    /** What a provider says of itself, without nothing in it. */
    <T> List<T> list(String method, Callable<? extends Collection<T>> body) {
        Collection<T> told = call(method, body::call);
        if (told == null) {
            throw broke("gave null in " + method);
        }
        List<T> members = call(method, () -> new ArrayList<>(told));
        if (members.contains(null)) {
            throw broke("gave a null among others in " + method);
        }
        return List.copyOf(members);
    }

    /** What something is named in an experiment file. */
    String name(String method, Callable<String> body) {
        String name = call(method, body);
        if (name == null || !name.matches("[a-z0-9][a-z0-9-]*")) {
            throw broke("has the " + method + " " + name + "; names consist of lower-case letters, digits and '-'");
        }
        return name;
    }

    private PlugInException thrown(String method, Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return new PlugInException(
                    prefix() + " ran out of memory in " + method + " (" + cause.getMessage() + "; the heap has "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB)",
                    cause);
        }
        return new PlugInException(prefix() + " threw " + told(cause) + " in " + method, cause);
    }

    /**
     * What is wrong with a call that takes too long.
     *
     * @param place where it is, as it follows in the message
     */
    String lasting(String method, String place) {
        return prefix() + " did not come back from " + method + " within "
                + jar.patience().told() + place + "; --plugin-seconds sets the limit";
    }

    PlugInException broke(String problem) {
        return new PlugInException(prefix() + " " + problem, null);
    }

    private String prefix() {
        return "plug-in " + jar.name() + ": " + part;
    }

    /** An array that shows afterwards which of its members were not written. */
    static float[] unwritten(int length) {
        float[] values = new float[length];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    /** Refuses conductances, uS, that cannot be. */
    void requireConductances(String method, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0f) || Float.isInfinite(values[i])) {
                throw broke("gave " + values[i] + " uS for cell " + i + " of " + values.length + " in " + method
                        + "; every conductance must be finite and at least 0");
            }
        }
    }

    /** Class and message of what was thrown. */
    static String told(Throwable cause) {
        if (cause instanceof ExceptionInInitializerError && cause.getCause() != null) {
            return told(cause.getCause());
        }
        String name = cause.getClass().getSimpleName();
        try {
            return cause.getMessage() == null ? name : name + " (" + cause.getMessage() + ")";
        } catch (Throwable e) {
            // The message is code of the plug-in as well.
            return name;
        }
    }

    /**
     * Refuses answers that a part gives in one way and then in another although it was asked the same: nothing that is computed
     * from them could be repeated.
     */
    void requireSame(Answers first, Answers again) {
        first.difference(again).ifPresent(difference -> {
            throw broke("gave " + difference
                    + " when asked the same twice; what is random must come from the generator or key"
                    + " that is passed, and nothing may depend on a clock or on earlier calls");
        });
    }
}
