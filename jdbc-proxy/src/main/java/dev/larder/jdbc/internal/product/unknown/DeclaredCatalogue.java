package dev.larder.jdbc.internal.product.unknown;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.BuiltIns;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations.Declaration;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations.Immutable;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations.Reads;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations.Writes;
import dev.larder.jdbc.internal.catalog.ReadSet;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.catalog.WriteSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The catalogue of a product Larder cannot read: it knows the tables the user lists, and nothing
 * else. Immutable and thread-safe.
 *
 * <p>Listing a table vouches for it: that it is a plain table, and that neither triggers nor
 * cascades carry writes between listed tables.
 */
public final class DeclaredCatalogue implements Catalogue {

  /*
   * A table has one cell by its last name, whatever schema a text puts before it, since without a
   * catalogue nothing tells whether "book" and "shop.book" are the same.
   */

  private static final Set<String> CONSTRUCTS =
      BuiltIns.names(
          "coalesce nullif cast extract trim substring position exists any all some row case in",
          "values over filter");

  private static final Set<String> DETERMINISTIC =
      BuiltIns.names(
          "count sum min max avg upper lower abs length char_length character_length concat round",
          "floor ceil ceiling mod power sqrt sign replace ltrim rtrim substr row_number rank",
          "dense_rank lag lead first_value last_value ntile");

  private final List<Pattern> listed;
  private final FunctionDeclarations functions;

  /**
   * @param tables names, or patterns with {@code *}, each matched against {@code schema.table} and
   *     {@code table}, ignoring case
   */
  public DeclaredCatalogue(List<String> tables, FunctionDeclarations functions) {
    this.listed = tables.stream().map(DeclaredCatalogue::pattern).toList();
    this.functions = functions;
  }

  private static Pattern pattern(String glob) {
    return Pattern.compile(
        ("\\Q" + glob.strip() + "\\E").replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
  }

  @Override
  public ReadSet reads(Facts facts, SearchPath path) {
    if (facts.kind() != Facts.Kind.QUERY) {
      return new ReadSet.Refused(BypassReason.NOT_A_QUERY, facts.kind().name());
    }
    if (!facts.obstacles().isEmpty()) {
      Facts.Obstacle first = facts.obstacles().get(0);
      return new ReadSet.Refused(first.reason(), first.detail());
    }
    if (!facts.writes().isEmpty()) {
      return new ReadSet.Refused(
          BypassReason.MODIFIES_DATA, facts.writes().get(0).table().toString());
    }
    Set<TableName> tables = new HashSet<>();
    for (ObjectName function : facts.functions()) {
      Optional<Declaration> declared = functions.find(function);
      if (declared.orElse(null) instanceof Reads reads) {
        reads.tables().forEach(table -> tables.add(cell(table)));
      } else if (!isDeterministic(function, declared)) {
        return new ReadSet.Refused(BypassReason.NON_DETERMINISTIC_FUNCTION, function.toString());
      }
    }
    for (ObjectName table : facts.reads()) {
      if (isListed(table)) {
        tables.add(cell(table));
      } else if (table.schema() != null
          || facts.commonTables().stream().noneMatch(table.name()::equalsIgnoreCase)) {
        return new ReadSet.Refused(BypassReason.UNKNOWN_TABLE, table.toString());
      }
    }
    return new ReadSet.Tables(tables);
  }

  @Override
  public WriteSet writes(Facts facts, SearchPath path) {
    return switch (facts.kind()) {
      case DEFINITION -> new WriteSet.Everything("changes definitions");
      case UNKNOWN -> new WriteSet.Everything("may do anything");
      case TRANSACTION, HARMLESS -> new WriteSet.Tables(Set.of());
      case QUERY, WRITE, CALL, SESSION -> written(facts);
    };
  }

  private WriteSet written(Facts facts) {
    Set<TableName> tables = new HashSet<>();
    for (TableWrite write : facts.writes()) {
      boolean plain =
          write.verb() == Verb.INSERT || write.verb() == Verb.UPDATE || write.verb() == Verb.DELETE;
      if (!plain || !isListed(write.table())) {
        return new WriteSet.Everything("writes " + write.table() + ", of which nothing is known");
      }
      tables.add(cell(write.table()));
    }
    for (ObjectName function : facts.functions()) {
      Optional<Declaration> declared = functions.find(function);
      if (declared.orElse(null) instanceof Writes writes) {
        writes.tables().forEach(table -> tables.add(cell(table)));
      } else if (!(declared.orElse(null) instanceof Reads)
          && !isDeterministic(function, declared)) {
        return new WriteSet.Everything("calls " + function + ", of which nothing is known");
      }
    }
    return new WriteSet.Tables(tables);
  }

  @Override
  public boolean mayAlterSession(Facts facts, SearchPath path) {
    return facts.kind() == Facts.Kind.UNKNOWN
        || facts.functions().stream()
            .anyMatch(
                function -> {
                  Optional<Declaration> declared = functions.find(function);
                  return declared.isEmpty() && !isDeterministic(function, declared);
                });
  }

  @Override
  public Locking locks(Facts facts, SearchPath path) {
    Locking all = facts.locks();
    for (ObjectName function : facts.functions()) {
      Optional<Declaration> declared = functions.find(function);
      if (declared.isEmpty() && !isDeterministic(function, declared)) {
        all = Locking.SESSION;
      } else if (declared.orElse(null) instanceof Writes) {
        all = all.and(Locking.TRANSACTION);
      }
    }
    return all;
  }

  private static boolean isDeterministic(ObjectName function, Optional<Declaration> declared) {
    if (declared.isPresent()) {
      return declared.get() instanceof Immutable;
    }
    String name = function.name().toLowerCase(Locale.ROOT);
    return function.schema() == null && (CONSTRUCTS.contains(name) || DETERMINISTIC.contains(name));
  }

  private boolean isListed(ObjectName table) {
    String qualified = table.schema() == null ? table.name() : table.schema() + "." + table.name();
    return listed.stream()
        .anyMatch(
            pattern ->
                pattern.matcher(table.name()).matches() || pattern.matcher(qualified).matches());
  }

  private static TableName cell(ObjectName table) {
    return new TableName("", table.name().toLowerCase(Locale.ROOT));
  }
}
