package etal.provisioning.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.enrol.ClaimTicket;
import etal.protocol.enrol.Est;
import etal.provisioning.ca.AskingTerminal;
import etal.provisioning.registrar.TestClient;
import etal.testkit.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
    private static final Duration START = Duration.ofSeconds(30);
    private static final String READY = "ready registrar ";

    @TempDir
    Path directory;

    private ChildProcess serve() {
        return ChildProcess.java(directory, Provision.class, "serve", "--config", "registrar.yaml", "--with-parent");
    }

    private static String uri(ChildProcess registrar) throws InterruptedException {
        return registrar.await(line -> line.startsWith(READY), START).substring(READY.length());
    }

    private ClaimTicket ticket(String uri) throws Exception {
        var config = CommandRun.config(directory).toString();
        var run = CommandRun.of("ticket", "--config", config, "--terminal", "3", "--registrar", uri);
        return ClaimTicket.parse(run.out().lines().findFirst().orElseThrow());
    }

    private static byte[] certified(String uri, ClaimTicket ticket, byte[] request) throws Exception {
        try (var client = new TestClient(
                uri, ticket.pskIdentity(), ticket.secret(), CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256)) {
            var response = client.sen(request, Est.CONTENT_PKIX_CERT);
            assertEquals(ResponseCode.CHANGED, response.getCode(), response.getResponseText());
            return response.getPayload();
        }
    }

    @Test
    void killed_after_certifying_and_started_again_it_repeats_itself_and_ends_with_its_parent() throws Exception {
        CommandRun.of("init", "--config", CommandRun.config(directory).toString());
        byte[] request = AskingTerminal.of(3, 1, 0).request();
        byte[] first;
        ClaimTicket ticket;
        try (ChildProcess registrar = serve()) {
            String uri = uri(registrar);
            ticket = ticket(uri);
            first = certified(uri, ticket, request);
            registrar.kill();
        }
        try (ChildProcess registrar = serve()) {
            assertArrayEquals(first, certified(uri(registrar), ticket, request));
            registrar.closeInput();
            assertEquals(0, registrar.awaitExit(Duration.ofSeconds(20)));
        }
    }
}
