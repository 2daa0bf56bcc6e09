package etal.virtualcard.silicon;

import com.licel.jcardsim.bouncycastle.crypto.params.ECDomainParameters;
import com.licel.jcardsim.crypto.ECKeyImpl;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javacard.security.ECKey;

/**
 * Takes the place of the simulator's {@code getDomainParameters}, which builds the curve anew, and tests its prime, at
 * every use of a key. Here a curve is built once for each set of parameters, and its tables are kept: they are public and
 * the same for every card. Thread-safe.
 */
public final class Curves {
    private static final int LENGTH_MAX = 5 * (2 + 65) + 2;

    /** A card has one curve; more than these come from no applet of ours and are not kept. */
    private static final int KEPT_MAX = 4;

    private static final Map<ByteBuffer, ECDomainParameters> KEPT = new ConcurrentHashMap<>();

    private Curves() {}

    /** The parameters of a key, as the key has them now. */
    public static ECDomainParameters domain(ECKeyImpl key) {
        ECDomainParameters known = KEPT.get(parameters(key));
        if (known != null) {
            return known;
        }
        ECDomainParameters built = key.getDomainParameters();
        if (KEPT.size() < KEPT_MAX) {
            KEPT.putIfAbsent(parameters(key), built);
        }
        return built;
    }

    private static ByteBuffer parameters(ECKey key) {
        ByteBuffer all = ByteBuffer.allocate(LENGTH_MAX);
        put(all, key::getField);
        put(all, key::getA);
        put(all, key::getB);
        put(all, key::getG);
        put(all, key::getR);
        return all.putShort(key.getK()).flip();
    }

    private static void put(ByteBuffer all, Parameter parameter) {
        int at = all.position() + 2;
        short length = parameter.get(all.array(), (short) at);
        all.putShort(length).position(at + length);
    }

    @FunctionalInterface
    private interface Parameter {
        short get(byte[] to, short at);
    }
}
