package org.monna.config.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamesTest {

  private static final List<String> COLOURS = List.of("red", "orange", "grey", "gray");

  @ParameterizedTest
  @CsvSource(delimiter = '~', textBlock = """
      rad    ~ unknown colour "rad": did you mean "red"?
      orangs ~ unknown colour "orangs": did you mean "orange"?
      griy   ~ unknown colour "griy": did you mean "gray"?
      ''     ~ unknown colour ""; known are red, orange, grey, gray
      blue   ~ unknown colour "blue"; known are red, orange, grey, gray
      """)
  void whatWasProbablyMeant(String name, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, () -> Names.requireKnown("colour", name, COLOURS)).getMessage());
  }

  @Test
  void aKnownNameIsFine() {
    COLOURS.forEach(name -> assertDoesNotThrow(() -> Names.requireKnown("colour", name, COLOURS)));
  }

  @Test
  void countsEdits() {
    assertEquals(0, Names.edits("median", "median"));
    assertEquals(3, Names.edits("kitten", "sitting"));
    assertEquals(4, Names.edits("", "mean"));
    assertEquals(2, Names.edits("flaw", "lawn"));
  }
}
