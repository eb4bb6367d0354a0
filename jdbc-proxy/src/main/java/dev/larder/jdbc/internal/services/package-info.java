/** Which of the parts of Larder that nobody has to have are there? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.services;
