package etal.fleet.world.sim.fund;

import etal.hub.members.HubKeys;
import etal.protocol.trust.TrustFile;

/** The public things that everyone trusts, and the hub's own keys: TEST SECRETS. Immutable. */
public record FundKeys(TrustFile trust, HubKeys hubKeys) {
    @Override
    public String toString() {
        return "keys of a simulated fund";
    }
}
