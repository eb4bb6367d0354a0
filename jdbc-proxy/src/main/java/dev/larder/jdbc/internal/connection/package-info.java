/**
 * What may the rooms below ask of the connection that an application holds, and how do they get
 * physical ones of their own?
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.connection;
