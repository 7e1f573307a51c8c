/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.devices.CellModelProvider;
import io.synaptile.experiment.plugin.JarMaker;

/** Jars with a cell that breaks its contract. */
final class HostileJar {
    private HostileJar() {}

    /** A provider of the kind {@code hostile}, whose cells do this when they are programmed. */
    static JarMaker of(String members, String program) {
        return new JarMaker()
                .source("Cell", """
                        import io.synaptile.devices.*;
                        import java.util.random.RandomGenerator;
                        class Cell implements CellModel {
                            public String id() { return "hostile"; }
                            public ConductanceRange range() { return new ConductanceRange(1, 40); }
                            public int levels() { return 16; }
                            public long program(float[] target, float[] actual, RandomGenerator random) {
                                %s
                            }
                            %s
                        }
                        """.formatted(program, members))
                .source("Provider", provider("", "return new Cell();"))
                .service(CellModelProvider.class, "hostile.Provider");
    }

    /** A provider's source. */
    static String provider(String constructor, String create) {
        return """
               import io.synaptile.devices.*;
               import java.util.*;
               public class Provider implements CellModelProvider {
                   public Provider() { %s }
                   public String kind() { return "hostile"; }
                   public String description() { return "breaks its contract"; }
                   public Set<String> options() { return Set.of("colour"); }
                   public CellModel create(Map<String, Object> options) { %s }
               }
               """.formatted(constructor, create);
    }

    /** A jar of one provider. */
    static JarMaker of(String provider) {
        return new JarMaker().source("Provider", provider).service(CellModelProvider.class, "hostile.Provider");
    }
}
