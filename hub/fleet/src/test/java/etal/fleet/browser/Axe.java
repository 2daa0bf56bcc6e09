package etal.fleet.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for what stands in the way of people who do not see, hear or point well: the rules of WCAG 2.0, 2.1 and 2.2, levels A
 * and AA, as far as a program can judge them. It judges each frame by itself. Stateless.
 */
final class Axe {
    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'],
              resultTypes: ['violations'],
              iframes: false
            }).then(
              (found) => done(found.violations.flatMap((rule) => rule.nodes.map(
                (node) => rule.id + ': ' + rule.help + ': ' + node.html.slice(0, 160) + ' (' + node.failureSummary + ')'))),
              (failure) => done(['axe did not run: ' + failure]));
            """;

    private final String script;

    private Axe(String script) {
        this.script = script;
    }

    /** With the rules that the tests carry along. */
    static Axe read() throws IOException {
        try (InputStream source = Axe.class.getResourceAsStream("/axe.min.js")) {
            if (source == null) {
                throw new IOException("axe.min.js is not on the class path");
            }
            return new Axe(new String(source.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** What is wrong on the page and in its frames: rule, what it asks for, and the element. */
    List<String> violations(Browser browser) {
        browser.page();
        List<String> found = new ArrayList<>(here(browser));
        int frames = browser.frames();
        for (int frame = 0; frame < frames; frame++) {
            browser.frame(frame);
            found.addAll(here(browser));
            browser.page();
        }
        return found;
    }

    private List<String> here(Browser browser) {
        browser.run(script);
        return browser.ask(RUN) instanceof List<?> all
                ? all.stream().map(String::valueOf).toList()
                : List.of("axe gave no list");
    }
}
