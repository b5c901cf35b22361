package org.monna.simulation.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceTest {

  private static final Map<String, String> KNOWN = Map.of("plain", "", "round", "radius");

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "' Plain ', plain",
    "round(2), round(radius=2)",
    "round( radius = 2.50 ), round(radius=2.5)",
    "round(1e-3), round(radius=0.001)",
    "round(-1e300), round(radius=-1.0E300)"
  })
  void aTextIsReadAndPrinted(String text, String printed) {
    Choice choice = Choice.parse("shape", text, KNOWN);
    assertEquals(printed, choice.toString());
    assertEquals(choice, Choice.parse("shape", printed, KNOWN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "(", "square", "square(1)", "round", "round(", "round(1", "round()", "round(x)",
    "round(width=1)", "round(radius)", "round(radius=)", "round(1)(2)", "round(1,2)", "plain()", "plain(1)"})
  void whatCannotBeReadIsNamed(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Choice.parse("shape", text, KNOWN)).getMessage();
    assertEquals(true, message.contains("shape"), message);
  }

  @Test
  void theKnownNamesAreListed() {
    assertEquals(
        "unknown shape \"square\"; known are plain, round(radius)",
        assertThrows(IllegalArgumentException.class, () -> Choice.parse("shape", "square", KNOWN)).getMessage());
    assertEquals(
        "the shape round needs its parameter, as in round(radius=1), but is \"round\"",
        assertThrows(IllegalArgumentException.class, () -> Choice.parse("shape", "round", KNOWN)).getMessage());
  }
}
