package etal.edge.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets that speak one protocol version only and insist on the server's name. Safe for use by any thread. */
final class StrictSockets extends SSLSocketFactory {
    private final SSLSocketFactory inner;
    private final String protocol;

    StrictSockets(SSLSocketFactory inner, String protocol) {
        this.inner = inner;
        this.protocol = protocol;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return inner.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return inner.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return strict(inner.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return strict(inner.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return strict(inner.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return strict(inner.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return strict(inner.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return strict(inner.createSocket(host, port, localHost, localPort));
    }

    private Socket strict(Socket socket) throws IOException {
        if (!(socket instanceof SSLSocket secure)) {
            throw new IOException("a socket without TLS");
        }
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        // A small message would otherwise wait 40 ms for the acknowledgement of the one before it.
        secure.setTcpNoDelay(true);
        return secure;
    }
}
