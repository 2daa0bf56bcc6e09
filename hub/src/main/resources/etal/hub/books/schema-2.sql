-- The hub's store, version 2. A question asked before this version holds no old rules open, and what was quarantined
-- before it is not taken again: how far its ledger had come is not known of either.

ALTER TABLE doubt ADD COLUMN scheme_version INTEGER NOT NULL DEFAULT 9223372036854775807;

ALTER TABLE quarantine ADD COLUMN scheme_version INTEGER;

ALTER TABLE quarantine ADD COLUMN checkpoint_millis INTEGER;

ALTER TABLE quarantine ADD COLUMN resolved_millis INTEGER;

ALTER TABLE payout_run ADD COLUMN debtor_name TEXT;

ALTER TABLE payout_run ADD COLUMN debtor_iban TEXT;

ALTER TABLE payout_run ADD COLUMN debtor_bic TEXT;

CREATE TABLE decision (
  card BLOB NOT NULL,
  counter INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (card, counter)
);

CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;

CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
