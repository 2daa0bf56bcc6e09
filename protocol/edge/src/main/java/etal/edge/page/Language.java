package etal.edge.page;

import etal.edge.web.WebAnswer;
import etal.edge.web.WebRequest;
import java.util.Locale;

/** The languages of the pages. */
public enum Language {
    FRENCH(Locale.FRENCH),
    ENGLISH(Locale.ENGLISH);

    private static final String COOKIE = "lang";
    private static final int REMEMBERED_SECONDS = 365 * 24 * 3600;

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /**
     * The language a reader has chosen, now by {@code ?lang=en} or once before; French for everybody else. Parts of a page
     * are asked for in the page's own language, so that two windows may speak two.
     */
    public static Language of(WebRequest request) {
        String chosen = request.query(COOKIE)
                .or(() -> request.form(COOKIE))
                .or(() -> request.cookie(COOKIE))
                .orElse("fr");
        return chosen.equals("en") ? ENGLISH : FRENCH;
    }

    /** The answer, which also has the browser remember a language that was chosen just now. */
    public static WebAnswer remembered(WebRequest request, WebAnswer answer) {
        return request.query(COOKIE).isEmpty()
                ? answer
                : answer.with(
                        "Set-Cookie",
                        COOKIE + "=" + of(request).code() + "; Path=/; Max-Age=" + REMEMBERED_SECONDS
                                + "; SameSite=Lax; HttpOnly");
    }

    /** As HTML names it (RFC 5646): {@code fr} or {@code en}. */
    public String code() {
        return locale.getLanguage();
    }

    /** For texts and formats. */
    public Locale locale() {
        return locale;
    }

    /** The one that one click leads to. */
    public Language other() {
        return this == FRENCH ? ENGLISH : FRENCH;
    }

    /** Its own name, as its own speakers write it. */
    public String ownName() {
        return this == FRENCH ? "Français" : "English";
    }
}
