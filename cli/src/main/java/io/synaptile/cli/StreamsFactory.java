/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;

/** Makes commands, handing them the streams they write to. */
final class StreamsFactory implements CommandLine.IFactory {
    private final Streams streams;

    StreamsFactory(Streams streams) {
        this.streams = streams;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Streams.class) {
                return type.cast(constructor.newInstance(streams));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
