package etal.hub.pages;

import etal.edge.page.Language;
import etal.edge.page.Page;
import etal.edge.page.Pages;
import etal.edge.speech.RulesSpoken;
import etal.edge.web.WebAnswer;
import etal.edge.web.WebRequest;
import etal.edge.web.WebRoutes;
import etal.hub.core.HubCore;
import etal.hub.view.RulesVersion;
import etal.hub.view.RulesVersion.Standing;
import etal.port.StorageFailed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fund's rules, as an assembly reads them. Handlers run on the loop.
 *
 * <pre>
 * GET  /rules                     the version that holds, every rule a sentence
 * GET  /rules?version=2           another one: past, or to come
 * GET  /rules/2.yaml              the file as it was signed
 * </pre>
 */
final class RulesPages {
    private static final int VERSION_DIGITS_MAX = 7;

    private final HubCore hub;
    private final Pages pages;
    private final Function<WebRequest, Words> words;

    RulesPages(HubCore hub, Pages pages, Function<WebRequest, Words> words) {
        this.hub = hub;
        this.pages = pages;
        this.words = words;
    }

    void on(WebRoutes routes) {
        routes.get("/rules", this::rules).get("/rules/{file}", this::file);
    }

    private WebAnswer rules(WebRequest request) throws StorageFailed {
        Words spoken = words.apply(request);
        List<RulesVersion> versions = hub.rules();
        Optional<String> asked = request.query("version").filter(text -> !text.isEmpty());
        Optional<RulesVersion> shown = asked.isPresent() ? find(versions, asked.get()) : holding(versions);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("w", spoken);
        values.put("fund", hub.scheme().name());
        if (shown.isEmpty()) {
            values.put("sentence", spoken.say("missing.rules"));
            return WebAnswer.html(404, pages.page(page(spoken, "missing"), "missing.jte", values));
        }
        values.put("versions", versions);
        values.put("shown", shown.get());
        values.put(
                "rules", new RulesSpoken(shown.get().scheme(), spoken.language().locale()));
        return Language.remembered(request, WebAnswer.html(pages.page(page(spoken, "rules"), "rules.jte", values)));
    }

    private WebAnswer file(WebRequest request) throws StorageFailed {
        String name = request.path("file");
        Optional<RulesVersion> version = name.endsWith(".yaml")
                ? find(hub.rules(), name.substring(0, name.length() - ".yaml".length()))
                : Optional.empty();
        return version.map(found -> new WebAnswer(
                        200, "text/yaml; charset=utf-8", found.yaml().getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> new WebAnswer(404, "text/plain; charset=utf-8", new byte[0]));
    }

    private static Optional<RulesVersion> find(List<RulesVersion> versions, String text) {
        return text.matches("[0-9]{1," + VERSION_DIGITS_MAX + "}")
                ? versions.stream()
                        .filter(version -> version.scheme().version() == Long.parseLong(text))
                        .findFirst()
                : Optional.empty();
    }

    /** Before any version holds, the first that will. */
    private static Optional<RulesVersion> holding(List<RulesVersion> versions) {
        return versions.stream()
                .filter(version -> version.standing() == Standing.NOW)
                .findFirst()
                .or(() -> versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast()));
    }

    private static Page page(Words words, String key) {
        return HubSite.page(words, words.say(key));
    }
}
