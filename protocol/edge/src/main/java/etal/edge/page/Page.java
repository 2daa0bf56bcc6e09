package etal.edge.page;

import java.util.List;

/**
 * The frame of one page.
 *
 * @param language in which it is written
 * @param title as the browser's tab shows it
 * @param room the body's class, by which a node's own style sheet knows its pages
 * @param styles names of further style sheets among the assets
 */
public record Page(Language language, String title, String room, List<String> styles) {
    public Page {
        styles = List.copyOf(styles);
    }

    /** What a reader with a screen reader or a keyboard jumps to first. */
    String skip() {
        return language == Language.FRENCH ? "Aller au contenu" : "Skip to content";
    }

    /** What is said while the node does not answer. */
    String lost() {
        return language == Language.FRENCH ? "Plus de réponse, nouvel essai…" : "No answer, trying again…";
    }
}
