package etal.fleet.browser;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** However it is ended, the demo leaves neither a process nor a file, and says nothing was wrong. */
class EndTest {
    @Test
    void ctrl_c_in_a_terminal_ends_it() throws IOException, InterruptedException {
        try (Demo demo = Demo.startInTerminal()) {
            demo.pressCtrlC();
        }
    }

    @Test
    void ctrl_c_ends_it_while_it_is_still_opening() throws IOException, InterruptedException {
        try (Demo demo = Demo.launch(true)) {
            demo.awaitSaid("cards personalised");
            demo.pressCtrlC();
        }
    }

    @Test
    void an_end_asked_of_it_alone_ends_all() throws IOException, InterruptedException {
        try (Demo demo = Demo.start()) {
            demo.signal("TERM");
        }
    }

    @Test
    void a_terminal_that_is_closed_ends_it() throws IOException, InterruptedException {
        try (Demo demo = Demo.startInTerminal()) {
            demo.closeTerminal();
        }
    }
}
