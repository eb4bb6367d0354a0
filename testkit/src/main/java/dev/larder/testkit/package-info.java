/**
 * Where does a test get a real database from?
 *
 * <p>{@link dev.larder.testkit.Databases} hands out fresh, empty databases on servers shared by the
 * whole JVM; {@link dev.larder.testkit.EachDatabase} runs one test on every product; {@link
 * dev.larder.testkit.Relay} loses or delays what goes over the wire.
 *
 * <p>A server is a container where a Docker engine answers, otherwise an embedded real one. System
 * properties:
 *
 * <ul>
 *   <li>{@code larder.test.postgres}: major version, 15 to 18, default 17 (give it to Maven, which
 *       then fetches the matching binaries);
 *   <li>{@code larder.test.only}: the one product, such as {@code mysql}, that tests of each run
 *       on;
 *   <li>{@code larder.test.docker}: {@code auto} (default), {@code never}, {@code always} (no
 *       fallback to embedded servers);
 *   <li>{@code larder.test.postgres.image}, {@code larder.test.mariadb.image}, {@code
 *       larder.test.mysql.image}, {@code larder.test.redis.image}: image names.
 * </ul>
 */
@NullMarked
package dev.larder.testkit;

import org.jspecify.annotations.NullMarked;
