/** What do other nodes that run Larder write, and how do they hear of what this one writes? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.nodes;
