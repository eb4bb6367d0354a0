/** Which of the texts that people send are cached, on which product? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.texts;
