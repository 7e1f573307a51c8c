/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips tests where TornadoVM finds no device, or lets them fail there if the system property {@code
 * synaptile.tornado.required} is true.
 */
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DevicePresent.class)
public @interface RequiresDevice {}
