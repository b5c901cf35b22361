package org.monna;

import java.util.Locale;

/** A {@link Report} as JSON, written by hand since the api has no dependencies. Numbers that JSON lacks are strings. */
final class ReportJson {

  private final StringBuilder text = new StringBuilder();

  private ReportJson() {}

  static String of(Report report) {
    ReportJson json = new ReportJson();
    json.report(report);
    return json.text.toString();
  }

  private void report(Report report) {
    text.append("{\"rule\": ").append(quoted(report.rule()));
    text.append(", \"n\": ").append(report.n()).append(", \"d\": ").append(report.d());
    text.append(", \"weights\": ");
    numbers(report.n(), report::weight);
    text.append(", \"nonFinite\": ").append(report.nonFinite());
    Geometry geometry = report.geometry();
    if (geometry.measured().norms()) {
      text.append(", \"squaredNorms\": ");
      numbers(report.n(), geometry::squaredNorm);
    }
    if (geometry.measured().pairwise()) {
      text.append(", \"squaredDistances\": ");
      list(report.n(), i -> numbers(report.n(), j -> geometry.squaredDistance(i, j)));
    } else if (geometry.measured().pivot() >= 0) {
      int pivot = geometry.measured().pivot();
      text.append(", \"pivot\": ").append(pivot).append(", \"squaredDistances\": ");
      numbers(report.n(), i -> geometry.squaredDistance(i, pivot));
    }
    text.append(", \"guaranteeIsVoid\": ").append(report.guaranteeIsVoid());
    text.append(", \"certificate\": ");
    certificate(report.certificate());
    text.append('}');
  }

  private void certificate(Certificate certificate) {
    text.append("{\"n\": ").append(certificate.n()).append(", \"f\": ").append(certificate.f());
    text.append(", \"guarantees\": ");
    list(certificate.guarantees().size(), i -> guarantee(certificate.guarantees().get(i)));
    text.append(", \"reason\": ").append(quoted(certificate.reason())).append('}');
  }

  private void guarantee(Guarantee guarantee) {
    text.append("{\"statement\": ").append(quoted(guarantee.statement()));
    text.append(", \"constant\": ").append(number(guarantee.constant()));
    text.append(", \"source\": ").append(quoted(guarantee.source())).append('}');
  }

  private interface Item {
    void write(int i);
  }

  private interface Value {
    double of(int i);
  }

  private void numbers(int count, Value value) {
    list(count, i -> text.append(number(value.of(i))));
  }

  private void list(int count, Item item) {
    text.append('[');
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ", ");
      item.write(i);
    }
    text.append(']');
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : quoted(Double.toString(value));
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
