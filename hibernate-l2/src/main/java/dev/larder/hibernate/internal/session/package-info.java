/** Since when has this session been reading, and what has it locked or written? */
@org.jspecify.annotations.NullMarked
package dev.larder.hibernate.internal.session;
