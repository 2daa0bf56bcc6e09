package etal.fleet.world.sim.fund;

import etal.hub.members.HubKeys;
import etal.protocol.trust.TrustFile;

/**
 * The public things that everyone trusts, and the hub's own keys: TEST SECRETS. Immutable.
 *
 * @param exchanged the same with another key for documents, which cards have in their second slot after the last key update
 */
public record FundKeys(TrustFile trust, HubKeys hubKeys, HubKeys exchanged) {
    @Override
    public String toString() {
        return "keys of a simulated fund";
    }
}
