package etal.edge.page;

import etal.edge.web.WebAnswer;
import etal.edge.web.WebRefusal;
import etal.edge.web.WebRoutes;
import etal.protocol.cose.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Style sheets, scripts and drawings, under {@code /static/}. Nothing a page needs comes from elsewhere. Addresses carry a
 * hash of the content, so that browsers keep a file for good and never show an old one. Immutable, safe for use by any
 * thread.
 */
public final class Assets {
    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
    private static final int MARK_CHARS = 12;

    private final Map<String, Asset> assets = new LinkedHashMap<>();

    private record Asset(String type, byte[] content, String mark) {}

    /**
     * The house's own, and those of a node.
     *
     * @param beside the class beside whose resources the node's files lie
     * @param names of the node's files, such as {@code till.css}
     */
    public Assets(Class<?> beside, String... names) {
        add(Assets.class, "etal.css", "etal.css");
        add(Assets.class, "etal.js", "etal.js");
        add(Assets.class, "etal.svg", "etal.svg");
        add(Assets.class, "htmx.js", HTMX);
        for (String name : names) {
            add(beside, name, name);
        }
    }

    /** The address of one of them. A name that is none of them is a bug. */
    public String url(String name) {
        return "/static/" + name + "?v=" + known(name).mark();
    }

    /** Names the route. */
    public void on(WebRoutes routes) {
        routes.get("/static/{name}", request -> {
            Asset asset = assets.get(request.path("name"));
            if (asset == null) {
                throw new WebRefusal(404, "unknown", "There is nothing under this address.");
            }
            boolean exact = request.query("v").filter(asset.mark()::equals).isPresent();
            return WebAnswer.bytes(asset.type(), asset.content())
                    .with("Cache-Control", exact ? "public, max-age=31536000, immutable" : "no-cache");
        });
    }

    private Asset known(String name) {
        Asset asset = assets.get(name);
        if (asset == null) {
            throw new IllegalStateException("no such asset: " + name);
        }
        return asset;
    }

    private void add(Class<?> beside, String name, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing from the build");
            }
            byte[] content = in.readAllBytes();
            String mark = Hash.hex(Hash.sha256(content)).substring(0, MARK_CHARS);
            assets.put(name, new Asset(type(name), content, mark));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalStateException("no type is known for " + name);
        };
    }
}
