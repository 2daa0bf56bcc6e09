package etal.terminal.basket;

import etal.port.StorageFailed;
import java.util.List;
import java.util.Optional;

/** Which basket the producer has in hand, and which wait beside it. Used from the loop only. */
public interface Hand {
    /** The basket in hand. */
    Optional<TillBasket> basket() throws StorageFailed;

    /** The key under which a touched article is rung up: that of the basket in hand, or a new one if that is over. */
    String keyForRinging() throws StorageFailed;

    /** Takes a basket in hand, if it is one of this hand's. */
    void take(String key) throws StorageFailed;

    /** The next customer: nothing is in hand. A basket that is not over stays parked. */
    void next() throws StorageFailed;

    /** Baskets that wait for something and are not in hand, oldest first. */
    List<TillBasket> parked();
}
