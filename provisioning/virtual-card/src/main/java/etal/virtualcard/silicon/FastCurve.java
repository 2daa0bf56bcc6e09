package etal.virtualcard.silicon;

import com.licel.jcardsim.bouncycastle.math.ec.ECAlgorithms;
import com.licel.jcardsim.bouncycastle.math.ec.ECCurve;
import com.licel.jcardsim.bouncycastle.math.ec.ECMultiplier;
import com.licel.jcardsim.bouncycastle.math.ec.ECPoint;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * Takes the place of the simulator's multiplications of points, which reckon with big numbers of any length: on P-256 a
 * newer library of the same makers does the same with arithmetic of that one curve, twenty times as fast. Only the way is
 * another; the points, and so signatures and secrets, are the same. Other curves stay with the simulator. Stateless.
 */
public final class FastCurve {
    private static final X9ECParameters P256 = CustomNamedCurves.getByName("secp256r1");
    private static final BigInteger A = P256.getCurve().getA().toBigInteger();
    private static final BigInteger B = P256.getCurve().getB().toBigInteger();
    private static final BigInteger PRIME = P256.getCurve().getField().getCharacteristic();

    /** Many cards verify the same certificates, and meet the same terminals again and again. */
    private static final Points MET = new Points();

    private FastCurve() {}

    /** {@link ECPoint#multiply}. */
    public static ECPoint multiply(ECPoint point, BigInteger times) {
        return known(point) ? back(point.getCurve(), here(point).multiply(times)) : point.multiply(times);
    }

    /** {@link ECMultiplier#multiply}, by which the simulator multiplies the base point. */
    public static ECPoint multiply(ECMultiplier multiplier, ECPoint point, BigInteger times) {
        if (!known(point)) {
            return multiplier.multiply(point, times);
        }
        org.bouncycastle.math.ec.ECPoint fast = here(point);
        return back(
                point.getCurve(),
                fast.equals(P256.getG())
                        ? new FixedPointCombMultiplier().multiply(P256.getG(), times)
                        : MET.product(fast, times, () -> fast.multiply(times)));
    }

    /** {@link ECAlgorithms#sumOfTwoMultiplies}. */
    public static ECPoint sumOfTwoMultiplies(ECPoint one, BigInteger ofOne, ECPoint other, BigInteger ofOther) {
        if (!known(one) || !known(other)) {
            return ECAlgorithms.sumOfTwoMultiplies(one, ofOne, other, ofOther);
        }
        org.bouncycastle.math.ec.ECPoint first = here(one);
        org.bouncycastle.math.ec.ECPoint second = here(other);
        return back(
                one.getCurve(),
                MET.sum(
                        first,
                        ofOne,
                        second,
                        ofOther,
                        () -> org.bouncycastle.math.ec.ECAlgorithms.sumOfTwoMultiplies(
                                first.equals(P256.getG()) ? P256.getG() : first, ofOne, second, ofOther)));
    }

    private static boolean known(ECPoint point) {
        ECCurve curve = point.getCurve();
        return curve != null
                && curve.getField().getCharacteristic().equals(PRIME)
                && curve.getA().toBigInteger().equals(A)
                && curve.getB().toBigInteger().equals(B);
    }

    private static org.bouncycastle.math.ec.ECPoint here(ECPoint point) {
        if (point.isInfinity()) {
            return P256.getCurve().getInfinity();
        }
        ECPoint affine = point.normalize();
        return P256.getCurve()
                .createPoint(
                        affine.getAffineXCoord().toBigInteger(),
                        affine.getAffineYCoord().toBigInteger());
    }

    private static ECPoint back(ECCurve curve, org.bouncycastle.math.ec.ECPoint point) {
        if (point.isInfinity()) {
            return curve.getInfinity();
        }
        org.bouncycastle.math.ec.ECPoint affine = point.normalize();
        return curve.createPoint(
                affine.getAffineXCoord().toBigInteger(),
                affine.getAffineYCoord().toBigInteger());
    }
}
