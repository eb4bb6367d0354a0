package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.delegate.DatabaseMetaDataDelegate;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The driver's metadata, without the ways back to the driver's connection. As thread-safe as the
 * driver's.
 */
final class LarderDatabaseMetaData extends DatabaseMetaDataDelegate {

  private final ConnectionContext connection;
  private final DatabaseMetaData own;

  LarderDatabaseMetaData(ConnectionContext connection, DatabaseMetaData own) {
    this.connection = connection;
    this.own = own;
  }

  @Override
  protected DatabaseMetaData delegate() throws SQLException {
    connection.requireOpen();
    connection.touch();
    return own;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    T driverOwn = own.unwrap(type);
    connection.lentOut();
    return driverOwn;
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || own.isWrapperFor(type);
  }

  @Override
  public ResultSet getAttributes(String a0, String a1, String a2, String a3) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getAttributes(a0, a1, a2, a3));
  }

  @Override
  public ResultSet getBestRowIdentifier(String a0, String a1, String a2, int a3, boolean a4)
      throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getBestRowIdentifier(a0, a1, a2, a3, a4));
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getCatalogs());
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getClientInfoProperties());
  }

  @Override
  public ResultSet getColumnPrivileges(String a0, String a1, String a2, String a3)
      throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getColumnPrivileges(a0, a1, a2, a3));
  }

  @Override
  public ResultSet getColumns(String a0, String a1, String a2, String a3) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getColumns(a0, a1, a2, a3));
  }

  @Override
  public ResultSet getCrossReference(
      String a0, String a1, String a2, String a3, String a4, String a5) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getCrossReference(a0, a1, a2, a3, a4, a5));
  }

  @Override
  public ResultSet getExportedKeys(String a0, String a1, String a2) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getExportedKeys(a0, a1, a2));
  }

  @Override
  public ResultSet getFunctionColumns(String a0, String a1, String a2, String a3)
      throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getFunctionColumns(a0, a1, a2, a3));
  }

  @Override
  public ResultSet getFunctions(String a0, String a1, String a2) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getFunctions(a0, a1, a2));
  }

  @Override
  public ResultSet getImportedKeys(String a0, String a1, String a2) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getImportedKeys(a0, a1, a2));
  }

  @Override
  public ResultSet getIndexInfo(String a0, String a1, String a2, boolean a3, boolean a4)
      throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getIndexInfo(a0, a1, a2, a3, a4));
  }

  @Override
  public ResultSet getPrimaryKeys(String a0, String a1, String a2) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getPrimaryKeys(a0, a1, a2));
  }

  @Override
  public ResultSet getProcedureColumns(String a0, String a1, String a2, String a3)
      throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getProcedureColumns(a0, a1, a2, a3));
  }

  @Override
  public ResultSet getProcedures(String a0, String a1, String a2) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getProcedures(a0, a1, a2));
  }

  @Override
  public ResultSet getPseudoColumns(String a0, String a1, String a2, String a3)
      throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getPseudoColumns(a0, a1, a2, a3));
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getSchemas());
  }

  @Override
  public ResultSet getSchemas(String a0, String a1) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getSchemas(a0, a1));
  }

  @Override
  public ResultSet getSuperTables(String a0, String a1, String a2) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getSuperTables(a0, a1, a2));
  }

  @Override
  public ResultSet getSuperTypes(String a0, String a1, String a2) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getSuperTypes(a0, a1, a2));
  }

  @Override
  public ResultSet getTablePrivileges(String a0, String a1, String a2) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getTablePrivileges(a0, a1, a2));
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getTableTypes());
  }

  @Override
  public ResultSet getTables(String a0, String a1, String a2, String[] a3) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getTables(a0, a1, a2, a3));
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getTypeInfo());
  }

  @Override
  public ResultSet getUDTs(String a0, String a1, String a2, int[] a3) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getUDTs(a0, a1, a2, a3));
  }

  @Override
  public ResultSet getVersionColumns(String a0, String a1, String a2) throws SQLException {
    return connection.withStatementOfItsOwn(delegate().getVersionColumns(a0, a1, a2));
  }
}
