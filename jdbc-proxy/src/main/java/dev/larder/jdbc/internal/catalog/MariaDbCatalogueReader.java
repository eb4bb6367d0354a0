package dev.larder.jdbc.internal.catalog;

import java.sql.Connection;
import java.sql.SQLException;

final class MariaDbCatalogueReader implements CatalogueReader {
  MariaDbCatalogueReader(DefinitionReader definitions, FunctionDeclarations declarations) {}

  @Override
  public Catalogue read(Connection connection) throws SQLException {
    throw new SQLException("not yet");
  }
}
