package etal.edge.web;

import java.io.Serial;

/** A request that is not what it must be; answered as its {@link #answer}. */
public final class WebRefusal extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;
    private final String error;
    private final String sentence;

    /** With the status of HTTP, the key of the error, and the sentence. */
    public WebRefusal(int status, String error, String sentence) {
        super(sentence);
        this.status = status;
        this.error = error;
        this.sentence = sentence;
    }

    /** What the asker is told. */
    public WebAnswer answer() {
        return WebAnswer.refused(status, error, sentence);
    }
}
