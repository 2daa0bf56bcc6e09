package etal.fleet.timing;

import etal.fleet.timing.Chip.Price;
import etal.virtualcard.loader.Tally.Work;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The two cards whose figures are published: JCAlgTest, github.com/crocs-muni/jcalgtest_results, folder
 * {@code javacard/Profiles/performance}. Where a figure depends on the length, the line through the published lengths is
 * drawn so that it lies on or above them between 16 and 256 bytes. Assumptions are marked as such, on the slow side.
 */
public final class Chips {
    private static final long MICRO = 1_000;

    /**
     * NXP JCOP 4 J3R180 (P71). Files {@code fixed/NXP_JCOP4_J3R180_SECID_P71} (contact) and {@code variable/} of the same
     * name (contactless: the same times within the noise).
     */
    public static final Chip J3R180 =
            new Chip("j3r180", j3r180(), 6_200, 2_000 * MICRO, 3_000 * MICRO, 38_700 * MICRO, 10);

    /** Infineon SECORA ID X, file {@code fixed/Infineon_SECORA_ID_X_Batch_16072021_SALES} (contactless). */
    public static final Chip SECORA_ID_X =
            new Chip("secora-id-x", secora(), 24_500, 4_000 * MICRO, 6_000 * MICRO, 38_700 * MICRO, 8);

    private Chips() {}

    /** Both. */
    public static List<Chip> all() {
        return List.of(J3R180, SECORA_ID_X);
    }

    private static Map<Work, Price> j3r180() {
        Map<Work, Price> prices = new EnumMap<>(Work.class);
        prices.put(Work.SIGNATURE_INIT, new Price(8_120 * MICRO, 0));
        prices.put(Work.SIGN, new Price(28_400 * MICRO, 24_600));
        prices.put(Work.VERIFY, new Price(26_700 * MICRO, 24_600));
        prices.put(Work.AGREEMENT_INIT, new Price(7_900 * MICRO, 0));
        prices.put(Work.AGREE, new Price(20_040 * MICRO, 0));
        prices.put(Work.AES_KEY, new Price(340 * MICRO, 0));
        prices.put(Work.AES_INIT, new Price(6_090 * MICRO, 0));
        prices.put(Work.AES, new Price(1_660 * MICRO, 1_100));
        prices.put(Work.MAC_INIT, new Price(6_110 * MICRO, 0));
        prices.put(Work.MAC, new Price(2_140 * MICRO, 0));
        prices.put(Work.DIGEST, new Price(2_200 * MICRO, 22_500));
        prices.put(Work.RANDOM, new Price(900 * MICRO, 1_200));
        prices.put(Work.UTIL, new Price(50 * MICRO, 0));
        prices.put(Work.WRITE, new Price(2_860 * MICRO, 0));
        prices.put(Work.TRANSACTION_WRITE, new Price(2 * 2_860 * MICRO, 0));
        prices.put(Work.COMMIT, new Price(2_860 * MICRO, 0));
        prices.put(Work.KEY_WRITE, new Price(3_450 * MICRO, 0));
        return prices;
    }

    private static Map<Work, Price> secora() {
        Map<Work, Price> prices = new EnumMap<>(Work.class);
        prices.put(Work.SIGNATURE_INIT, new Price(7_100 * MICRO, 0));
        prices.put(Work.SIGN, new Price(58_840 * MICRO, 0));
        prices.put(Work.VERIFY, new Price(64_660 * MICRO, 0));
        prices.put(Work.AGREEMENT_INIT, new Price(7_100 * MICRO, 0));
        prices.put(Work.AGREE, new Price(58_840 * MICRO, 0));
        prices.put(Work.AES_KEY, new Price(31_210 * MICRO, 0));
        prices.put(Work.AES_INIT, new Price(29_130 * MICRO, 0));
        prices.put(Work.AES, new Price(7_130 * MICRO, 0));
        prices.put(Work.MAC_INIT, new Price(29_130 * MICRO, 0));
        prices.put(Work.MAC, new Price(7_130 * MICRO, 0));
        prices.put(Work.DIGEST, new Price(68_500 * MICRO, 0));
        prices.put(Work.RANDOM, new Price(18_710 * MICRO, 0));
        prices.put(Work.UTIL, new Price(250 * MICRO, 0));
        prices.put(Work.WRITE, new Price(10_360 * MICRO, 0));
        prices.put(Work.TRANSACTION_WRITE, new Price(2 * 10_360 * MICRO, 0));
        prices.put(Work.COMMIT, new Price(10_360 * MICRO, 0));
        prices.put(Work.KEY_WRITE, new Price(61_660 * MICRO, 0));
        return prices;
    }
}
