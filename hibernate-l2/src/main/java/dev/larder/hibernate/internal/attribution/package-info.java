/** Which statements are a session factory's own entity actions, and which rows do they touch? */
@org.jspecify.annotations.NullMarked
package dev.larder.hibernate.internal.attribution;
