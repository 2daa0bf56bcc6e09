package etal.virtualcard.silicon;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** What multiplications of points have given: a function of points and factors alone. Bounded; thread-safe. */
final class Points {
    private static final int MOST = 8_192;

    private final LinkedHashMap<List<Object>, ECPoint> results = new LinkedHashMap<>();

    /** One point so many times: by {@code reckon}, unless that is known. */
    ECPoint product(ECPoint point, BigInteger times, Supplier<ECPoint> reckon) {
        var question = new ArrayList<Object>();
        add(question, point, times);
        return get(question, reckon);
    }

    /** The sum of two points, each so many times: by {@code reckon}, unless that is known. */
    ECPoint sum(ECPoint one, BigInteger ofOne, ECPoint other, BigInteger ofOther, Supplier<ECPoint> reckon) {
        var question = new ArrayList<Object>();
        add(question, one, ofOne);
        add(question, other, ofOther);
        return get(question, reckon);
    }

    private static void add(List<Object> question, ECPoint point, BigInteger times) {
        question.add(ByteBuffer.wrap(point.getEncoded(true)));
        question.add(times);
    }

    private ECPoint get(List<Object> question, Supplier<ECPoint> reckon) {
        ECPoint known = known(question);
        if (known != null) {
            return known;
        }
        ECPoint result = reckon.get().normalize();
        keep(question, result);
        return result;
    }

    private synchronized @Nullable ECPoint known(List<Object> question) {
        ECPoint result = results.get(question);
        if (result != null) {
            results.putLast(question, result);
        }
        return result;
    }

    private synchronized void keep(List<Object> question, ECPoint result) {
        results.putLast(question, result);
        if (results.size() > MOST) {
            results.pollFirstEntry();
        }
    }
}
