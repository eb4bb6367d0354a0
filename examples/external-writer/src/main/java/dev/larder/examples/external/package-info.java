/** A program without Larder writes: how old may what is shown be? */
@org.jspecify.annotations.NullMarked
package dev.larder.examples.external;
