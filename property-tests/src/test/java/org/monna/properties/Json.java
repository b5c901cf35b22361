package org.monna.properties;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads the recorded cases: objects as maps, arrays as lists, numbers as doubles. Good input only. */
final class Json {

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** The resource, unpacked if its name ends with .gz. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> read(String resource) {
    try (InputStream raw = Json.class.getResourceAsStream(resource);
        InputStream plain = resource.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return (Map<String, Object>) new Json(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).value();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The objects of a list. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(Object list) {
    return (List<Map<String, Object>>) list;
  }

  /** A list of numbers. */
  static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(v -> (Double) v).toArray();
  }

  /** A list of lists of numbers, as floats. */
  static float[][] floats(Object lists) {
    return rows(lists, number -> (float) number);
  }

  /** A list of lists of the bits of floats. */
  static float[][] bits(Object lists) {
    return rows(lists, number -> Float.intBitsToFloat((int) number));
  }

  private interface Conversion {
    float of(double number);
  }

  private static float[][] rows(Object lists, Conversion conversion) {
    List<?> rows = (List<?>) lists;
    float[][] result = new float[rows.size()][];
    for (int i = 0; i < result.length; i++) {
      double[] numbers = numbers(rows.get(i));
      result[i] = new float[numbers.length];
      for (int c = 0; c < numbers.length; c++) {
        result[i][c] = conversion.of(numbers[c]);
      }
    }
    return result;
  }

  private char next() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }

  private Object value() {
    return switch (next()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    while (next() != '}') {
      String key = string();
      next();
      at++;
      object.put(key, value());
      at += next() == ',' ? 1 : 0;
    }
    at++;
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    at++;
    while (next() != ']') {
      array.add(value());
      at += next() == ',' ? 1 : 0;
    }
    at++;
    return array;
  }

  private String string() {
    next();
    int start = ++at;
    while (text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        throw new IllegalStateException("no escapes are expected, but there is one at " + at);
      }
      at++;
    }
    return text.substring(start, at++);
  }

  private double number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return Double.parseDouble(text.substring(start, at));
  }
}
