/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Jars of users: how they are loaded, what they provide, and how their mistakes are told apart from ours. Whatever a plug-in
 * does wrong ends as a {@link io.synaptile.experiment.plugin.PlugInException} that names its jar. Knows nothing of experiments.
 */
package io.synaptile.experiment.plugin;
