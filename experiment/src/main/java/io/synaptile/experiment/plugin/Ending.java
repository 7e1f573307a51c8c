/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * What the code of a plug-in calls in place of the methods of the platform that end the process or take part in its end; see
 * {@link EndingCalls}. Each notes who called, and throws. Public because that code is in another class loader; nobody else
 * calls it.
 */
public final class Ending {
    /** By class, the methods that are replaced, all of which have a method of that name here. */
    static final Map<String, Set<String>> METHODS = Map.of(
            "java.lang.System", Set.of("exit"),
            "java.lang.Runtime", Set.of("exit", "halt", "addShutdownHook"),
            "sun.misc.Signal", Set.of("raise"));

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private Ending() {}

    /** Thrown through the plug-in; an error, because it is caught less often than an exception. */
    private static final class Refused extends Error {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** In place of {@link System#exit}. */
    public static void exit(int status) {
        throw refused("called System.exit(" + status + ")");
    }

    /** In place of {@link Runtime#exit}. */
    public static void exit(Runtime runtime, int status) {
        throw refused("called Runtime.exit(" + status + ")");
    }

    /** In place of {@link Runtime#halt}. */
    public static void halt(Runtime runtime, int status) {
        throw refused("called Runtime.halt(" + status + ")");
    }

    /** In place of {@link Runtime#addShutdownHook}, with which an end can be held up. */
    public static void addShutdownHook(Runtime runtime, Thread hook) {
        throw refused("called Runtime.addShutdownHook");
    }

    /** In place of {@code sun.misc.Signal.raise}. */
    public static void raise(Object signal) {
        throw refused("called Signal.raise");
    }

    /** A method that was looked up by its name. */
    public static Method allowed(Method found) {
        if (ends(found.getDeclaringClass(), found.getName())) {
            throw refused("looked up " + found.getDeclaringClass().getSimpleName() + "." + found.getName());
        }
        return found;
    }

    /** Those of all methods of a class that may be called. */
    public static Method[] allowed(Method[] found) {
        return Arrays.stream(found)
                .filter(method -> !ends(method.getDeclaringClass(), method.getName()))
                .toArray(Method[]::new);
    }

    /** A method handle that was looked up by its name. */
    public static MethodHandle allowed(MethodHandle found) {
        Class<?> owner;
        String name;
        try {
            var method = MethodHandles.publicLookup().revealDirect(found);
            owner = method.getDeclaringClass();
            name = method.getName();
        } catch (IllegalArgumentException e) {
            // No method that everybody may call, so none of those here.
            return found;
        }
        if (ends(owner, name)) {
            throw refused("looked up " + owner.getSimpleName() + "." + name);
        }
        return found;
    }

    private static boolean ends(Class<?> owner, String name) {
        return METHODS.getOrDefault(owner.getName(), Set.of()).contains(name);
    }

    private static Refused refused(String did) {
        Class<?> caller = WALKER.walk(frames -> frames.<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                .filter(frame -> frame.getClassLoader() instanceof PlugInLoader)
                .findFirst()
                .orElse(Ending.class));
        String message = did + " (in " + caller.getName() + "); a plug-in cannot end the process";
        if (caller.getClassLoader() instanceof PlugInLoader loader) {
            loader.jar().accuse(message);
        }
        return new Refused(message);
    }
}
