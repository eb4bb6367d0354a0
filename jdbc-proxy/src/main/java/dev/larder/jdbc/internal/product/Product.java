package dev.larder.jdbc.internal.product;

import dev.larder.jdbc.internal.analysis.SettingStatements;
import dev.larder.jdbc.internal.analysis.SqlSyntax;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.route.Replication;
import dev.larder.jdbc.internal.session.ServerQueries;
import dev.larder.jdbc.internal.session.SessionProbe;
import dev.larder.jdbc.internal.session.SessionRules;
import dev.larder.jdbc.internal.session.SharedLock;
import java.util.List;
import java.util.Optional;

/**
 * One database product: all that the other rooms have to know of it, each by the port that it
 * declares. Implementations are stateless.
 */
public interface Product {

  /** The rules by which it reads SQL. */
  SqlSyntax syntax();

  /** How its statements and functions set what a session has. */
  SettingStatements settingStatements();

  /** How its sessions and transactions behave. */
  SessionRules sessionRules();

  /** What asks its sessions what they begin with. */
  SessionProbe sessionProbe();

  /** What asks its servers of other sessions. */
  ServerQueries serverQueries();

  /**
   * What reads its databases' catalogue; empty where there is nothing to read.
   *
   * @param tables the tables that the user lists
   */
  Optional<CatalogueReader> catalogueReader(
      TextAnalyzer analyzer, FunctionDeclarations declarations, List<String> tables);

  /** A lock that several of its sessions may hold at a time; empty where it has none. */
  default Optional<SharedLock> sharedLock() {
    return Optional.empty();
  }

  /** How its servers tell how far replicas have come; empty where none are used. */
  default Optional<Replication> replication() {
    return Optional.empty();
  }
}
