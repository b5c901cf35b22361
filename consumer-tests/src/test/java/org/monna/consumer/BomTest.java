package org.monna.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The bill of materials names every module that is for others, and no more. */
final class BomTest {

  private static final Path ROOT = Path.of("..");
  private static final Set<String> NOT_FOR_OTHERS = Set.of("monna-bom", "monna-jmh", "monna-simulation", "monna-consumer-tests");

  private final XPath xpath = XPathFactory.newInstance().newXPath();

  @Test
  void isComplete() throws Exception {
    Document root = pom(ROOT);
    Set<String> published = new TreeSet<>();
    for (String module : texts(root, "/project/modules/module")) {
      published.add(xpath.evaluate("/project/artifactId", pom(ROOT.resolve(module))));
    }
    published.removeAll(NOT_FOR_OTHERS);

    Document bom = pom(ROOT.resolve("bom"));
    assertEquals(published, texts(bom, "/project/dependencyManagement/dependencies/dependency/artifactId"));
    assertEquals(Set.of("${project.version}"), texts(bom, "/project/dependencyManagement/dependencies/dependency/version"));
    assertEquals(xpath.evaluate("/project/version", root), xpath.evaluate("/project/version", bom), "its version is that of the others");
  }

  private static Document pom(Path module) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(module.resolve("pom.xml").toFile());
  }

  private Set<String> texts(Document document, String path) throws Exception {
    NodeList nodes = (NodeList) xpath.evaluate(path, document, XPathConstants.NODESET);
    Set<String> texts = new TreeSet<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }
}
