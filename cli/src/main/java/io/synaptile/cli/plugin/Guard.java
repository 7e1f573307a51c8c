/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.plugin;

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
            return body.call();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            throw thrown(method, e);
        }
    }

    /** As {@link #call}, for what is made from the user's options: a refusal of one of these is told as it is. */
    <T> T make(Callable<T> body) {
        try {
            return body.call();
        } catch (IllegalArgumentException e) {
            throw e.getMessage() == null ? thrown("create", e) : e;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
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
        return new PlugInException(prefix() + " threw " + told(cause) + " in " + method, cause);
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
        return cause.getMessage() == null ? name : name + " (" + cause.getMessage() + ")";
    }
}
