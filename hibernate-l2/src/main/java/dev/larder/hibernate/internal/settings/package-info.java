/** How large may a region be, and how old what it holds? */
@org.jspecify.annotations.NullMarked
package dev.larder.hibernate.internal.settings;
