package etal.fleet.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Every library that the programs or their tests are run with, transitively, has a licence under which it may go along with
 * a program under EUPL-1.2: one that asks for nothing of the whole, or one that the EUPL's appendix names as compatible.
 * Read from each library's own POM, or its parents', in Maven's store on this machine.
 */
class LicencesTest {
    /** What authors write for licences that fit; the whole text must match. */
    private static final List<Pattern> FITTING = Stream.of(
                    "(The )?Apache(( Software)? License)?,? ?-?(Version |v)?2(\\.0)?|Apache-2\\.0|ASL 2\\.0",
                    "The Apache (Software )?License, Version 2\\.0|Apache License, ?[vV]ersion 2\\.0",
                    "(The )?MIT( License)?|MIT-0",
                    "(The )?(New )?BSD.*|BSD-[23]-Clause|3-Clause BSD License|\"?Simplified BSD.*",
                    "Eclipse Public License.*|EPL[- ]2\\.0|EPL-1\\.0|EPL 2\\.0",
                    "Eclipse Distribution License.*|EDL 1\\.0|BSD-3-Clause",
                    "Bouncy Castle Licence|CC0.*|Public Domain.*|(The )?Unlicense|0BSD",
                    "LGPL.*|GNU (Lesser|Library) General Public License.*|Mozilla Public License.*|MPL[- ]2\\.0",
                    "EUPL.*|Unicode.*|ISC.*")
            .map(text -> Pattern.compile(text, Pattern.CASE_INSENSITIVE))
            .toList();

    private record Library(String name, List<String> licences) {}

    private static List<Path> jars() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        return Stream.of(path.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && entry.contains("repository"))
                .map(Path::of)
                .distinct()
                .sorted()
                .toList();
    }

    /** In Maven's store the POM lies beside the library, and a parent at its coordinates below the same root. */
    private static Library library(Path jar) throws IOException {
        Path version = above(jar.toAbsolutePath());
        Path artifact = above(version);
        String name = artifact.getFileName() + "-" + version.getFileName();
        Path pom = version.resolve(name + ".pom");
        return new Library(name, licences(pom, root(jar)));
    }

    private static Path root(Path jar) {
        Path at = jar.toAbsolutePath();
        while (!at.endsWith("repository")) at = above(at);
        return at;
    }

    private static Path above(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    private static List<String> licences(Path pom, Path root) throws IOException {
        if (!Files.exists(pom)) return List.of();
        Element project = parsed(pom);
        List<String> named = new ArrayList<>();
        for (Element licences : children(project, "licenses")) {
            for (Element licence : children(licences, "license")) {
                children(licence, "name")
                        .forEach(name -> named.add(name.getTextContent().strip().replaceAll("\\s+", " ")));
            }
        }
        Optional<Element> parent = children(project, "parent").stream().findFirst();
        return named.isEmpty() && parent.isPresent() ? licences(pom(parent.get(), root), root) : named;
    }

    private static Path pom(Element parent, Path root) {
        String group = text(parent, "groupId");
        String artifact = text(parent, "artifactId");
        String version = text(parent, "version");
        return root.resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
    }

    private static String text(Element of, String name) {
        return children(of, name).getFirst().getTextContent().strip();
    }

    private static List<Element> children(Element of, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = of.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) found.add(element);
        }
        return found;
    }

    private static Element parsed(Path pom) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
        } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
            throw new IOException(pom + " is no POM", e);
        }
    }

    private static boolean fits(String licence) {
        return FITTING.stream().anyMatch(pattern -> pattern.matcher(licence).matches());
    }

    @Test
    void every_library_has_a_licence_that_fits_ours() throws IOException {
        List<Path> jars = jars();
        Assumptions.assumeTrue(jars.size() > 50, "run from Maven's store, where the POMs lie beside the libraries");
        Map<String, List<String>> unfit = new TreeMap<>();
        for (Path jar : jars) {
            Library library = library(jar);
            // One that fits is enough: authors offer several to choose from.
            if (library.licences().stream().noneMatch(LicencesTest::fits))
                unfit.put(library.name(), library.licences());
        }
        assertEquals(Map.of(), unfit);
    }

    @Test
    void a_licence_that_asks_for_the_whole_or_none_at_all_is_not_let_through() {
        for (String licence : List.of(
                "GNU General Public License v3",
                "AGPL-3.0",
                "SSPL-1.0",
                "Business Source License 1.1",
                "Commons Clause",
                "")) {
            assertTrue(!fits(licence), licence);
        }
    }
}
