package dev.larder.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws sizes over time as an SVG. Stateless. */
final class SizeChart {

  /** The size at a moment. */
  record Point(double seconds, int size) {}

  private static final int WIDTH = 760;
  private static final int HEIGHT = 300;
  private static final int LEFT = 50;
  private static final int TOP = 40;
  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73");

  private SizeChart() {}

  static void write(Path file, Map<String, List<Point>> lines) throws IOException {
    double seconds = 1;
    int most = 10;
    for (List<Point> points : lines.values()) {
      for (Point point : points) {
        seconds = Math.max(seconds, point.seconds());
        most = Math.max(most, point.size());
      }
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
            .formatted(WIDTH + LEFT + 20, HEIGHT + TOP + 50));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    int step = most > 50 ? 20 : 5;
    for (int size = 0; size <= most; size += step) {
      double y = y(size, most);
      svg.append(
          format(
              "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>%n",
              LEFT, y, LEFT + WIDTH, LEFT - 6, y + 4, size));
    }
    for (int second = 0; second <= seconds; second += 2) {
      svg.append(
          format(
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d s</text>%n",
              x(second, seconds), TOP + HEIGHT + 18, second));
    }
    int number = 0;
    for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      svg.append(
          format(
              "<text x=\"%d\" y=\"20\" fill=\"%s\">%s</text>%n",
              LEFT + number * 200, colour, line.getKey()));
      StringBuilder path = new StringBuilder();
      for (Point point : line.getValue()) {
        double x = x(point.seconds(), seconds);
        double y = y(point.size(), most);
        path.append(path.isEmpty() ? format("M%.1f %.1f", x, y) : format("H%.1fV%.1f", x, y));
      }
      svg.append(
          format(
              "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", path, colour));
      number++;
    }
    svg.append("</svg>\n");
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, svg);
  }

  private static double x(double second, double seconds) {
    return LEFT + second / seconds * WIDTH;
  }

  private static double y(int size, int most) {
    return TOP + HEIGHT - size / (double) most * HEIGHT;
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
