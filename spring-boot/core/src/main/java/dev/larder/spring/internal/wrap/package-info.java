/** Which DataSource beans may Larder stand above, and when does it come and go with them? */
@org.jspecify.annotations.NullMarked
package dev.larder.spring.internal.wrap;
