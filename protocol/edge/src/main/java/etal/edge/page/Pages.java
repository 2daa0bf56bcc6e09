package etal.edge.page;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/**
 * Pages from templates that were compiled with the program; every value is escaped for the place where it stands.
 * Safe for use by any thread.
 */
public final class Pages {
    private final TemplateEngine frame = engine("jte.edge");
    private final TemplateEngine templates;
    private final Assets assets;

    /**
     * Pages of one node.
     *
     * @param compiled the package of its compiled templates, as its build names it
     * @param assets what its pages refer to
     */
    public Pages(String compiled, Assets assets) {
        this.templates = engine(compiled);
        this.assets = assets;
    }

    /** A whole page: the frame, and the template as its body. */
    public String page(Page page, String template, Map<String, Object> values) {
        Content body = output -> templates.render(template, values, output);
        StringOutput output = new StringOutput();
        frame.render(
                "page.jte",
                Map.of("page", page, "skip", page.skip(), "lost", page.lost(), "assets", assets, "body", body),
                output);
        return output.toString();
    }

    /** A part of a page. */
    public String part(String template, Map<String, Object> values) {
        StringOutput output = new StringOutput();
        templates.render(template, values, output);
        return output.toString();
    }

    private static TemplateEngine engine(String compiled) {
        return TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader(), compiled);
    }
}
