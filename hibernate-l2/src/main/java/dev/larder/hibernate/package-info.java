/** What does an application say to Hibernate's second-level cache? Its settings and its hooks. */
@org.jspecify.annotations.NullMarked
package dev.larder.hibernate;
