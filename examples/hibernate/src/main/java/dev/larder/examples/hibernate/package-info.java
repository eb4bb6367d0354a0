/** What does Hibernate's second-level cache do when somebody else writes? */
@org.jspecify.annotations.NullMarked
package dev.larder.examples.hibernate;
