-- The hub's store, version 6: orders to cards, each with why it was issued and the counter of the record that took it; and
-- which card replaces which. What an order's first month is, matters to entitlements alone: from then on months open by it.

CREATE TABLE card_order (
  id INTEGER PRIMARY KEY,
  card BLOB NOT NULL,
  shard INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('ADD', 'SET', 'BLOCK')),
  number INTEGER NOT NULL,
  why TEXT NOT NULL UNIQUE,
  note TEXT NOT NULL,
  issued_by TEXT NOT NULL,
  first_period INTEGER NOT NULL,
  issued_millis INTEGER NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  bytes BLOB NOT NULL,
  taken INTEGER,
  UNIQUE (card, kind, number)
);

CREATE INDEX card_order_open ON card_order (shard) WHERE taken IS NULL;

CREATE TRIGGER card_order_kept BEFORE UPDATE OF id, card, shard, kind, number, why, note, issued_by, first_period, issued_millis, hash, bytes ON card_order
BEGIN SELECT RAISE(ABORT, 'orders to cards are never changed'); END;

CREATE TRIGGER card_order_taken_once BEFORE UPDATE OF taken ON card_order WHEN OLD.taken IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an order is taken once'); END;

CREATE TRIGGER card_order_stays BEFORE DELETE ON card_order BEGIN SELECT RAISE(ABORT, 'orders to cards are never deleted'); END;

ALTER TABLE card ADD COLUMN entitlement_version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE card ADD COLUMN replaces BLOB;
