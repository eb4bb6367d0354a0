/** Shows what a data source does, on a page for this machine alone. */
module dev.larder.console {
  requires dev.larder.jdbc;
  requires jdk.httpserver;
  requires org.slf4j;
  requires uplot;
  requires static org.jspecify;

  provides dev.larder.jdbc.internal.console.ConsoleModule with
      dev.larder.console.LarderConsole;
}
