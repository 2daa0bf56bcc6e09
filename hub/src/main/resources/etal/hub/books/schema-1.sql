-- The hub's store, version 1. Blank lines part the statements. Times are milliseconds since 1970, days ISO 8601,
-- money counts of the unit's smallest part. What carries money is never changed and never deleted.

CREATE TABLE hub (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  fund INTEGER NOT NULL,
  generation INTEGER NOT NULL
);

CREATE TABLE ledger (
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  head BLOB NOT NULL,
  scheme TEXT NOT NULL,
  scheme_version INTEGER NOT NULL,
  checkpoint_millis INTEGER NOT NULL,
  PRIMARY KEY (terminal, epoch)
);

CREATE TABLE certificate (
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  position INTEGER NOT NULL,
  der BLOB NOT NULL,
  PRIMARY KEY (terminal, epoch, position)
);

CREATE TABLE entry (
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  time_millis INTEGER NOT NULL,
  day TEXT NOT NULL,
  received_millis INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (terminal, epoch, number)
);

CREATE TABLE checkpoint (
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (terminal, epoch, number)
);

CREATE TABLE fork (
  hash BLOB PRIMARY KEY,
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  received_millis INTEGER NOT NULL,
  bytes BLOB NOT NULL
);

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  terminal INTEGER,
  epoch INTEGER,
  number INTEGER,
  received_millis INTEGER NOT NULL,
  hash BLOB NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (reason, hash)
);

CREATE TABLE card (
  card BLOB PRIMARY KEY,
  household TEXT NOT NULL,
  persons INTEGER NOT NULL,
  entitlement_cents INTEGER NOT NULL,
  first_period INTEGER NOT NULL,
  last_period INTEGER NOT NULL,
  contribution_cents INTEGER NOT NULL,
  certificate BLOB NOT NULL
);

CREATE TABLE card_record (
  card BLOB NOT NULL,
  counter INTEGER NOT NULL,
  tag TEXT NOT NULL,
  source TEXT NOT NULL,
  bytes BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (card, counter)
);

CREATE TABLE sale (
  entry_hash BLOB PRIMARY KEY,
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  sale INTEGER NOT NULL,
  branch TEXT NOT NULL CHECK (branch IN ('chain', 'fork')),
  day TEXT NOT NULL,
  point_of_sale INTEGER NOT NULL,
  card BLOB,
  counter INTEGER,
  funded_cents INTEGER NOT NULL,
  card_cents INTEGER NOT NULL,
  UNIQUE (card, counter)
);

CREATE INDEX sale_by_day ON sale (day, point_of_sale);

CREATE TABLE doubt (
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  sale INTEGER NOT NULL,
  day TEXT NOT NULL,
  card BLOB NOT NULL,
  counter INTEGER NOT NULL,
  allocation INTEGER NOT NULL,
  bonus INTEGER NOT NULL,
  earnable INTEGER NOT NULL,
  intent_hash BLOB NOT NULL,
  PRIMARY KEY (terminal, epoch, number)
);

CREATE INDEX doubt_by_card ON doubt (card, counter);

CREATE TABLE abandoned (
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  sale INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  PRIMARY KEY (terminal, epoch, number)
);

CREATE TABLE refund_request (
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  sale INTEGER NOT NULL,
  card BLOB NOT NULL,
  counter INTEGER NOT NULL,
  PRIMARY KEY (terminal, epoch, number)
);

CREATE TABLE closing (
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  period INTEGER NOT NULL,
  day TEXT NOT NULL,
  sales INTEGER NOT NULL,
  card_cents INTEGER NOT NULL,
  perpetual_cents INTEGER NOT NULL,
  PRIMARY KEY (terminal, epoch, number)
);

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  reference TEXT NOT NULL UNIQUE,
  day TEXT NOT NULL,
  booked_millis INTEGER NOT NULL,
  terminal INTEGER,
  epoch INTEGER,
  number INTEGER
);

CREATE TABLE posting (
  id INTEGER PRIMARY KEY,
  event INTEGER NOT NULL REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
  row TEXT NOT NULL,
  account TEXT NOT NULL,
  third TEXT NOT NULL,
  debit_cents INTEGER NOT NULL CHECK (debit_cents >= 0),
  credit_cents INTEGER NOT NULL CHECK (credit_cents >= 0),
  CHECK ((debit_cents = 0) <> (credit_cents = 0))
);

CREATE INDEX posting_by_account ON posting (account, third);

CREATE INDEX posting_by_event ON posting (event);

CREATE TABLE payout_run (
  run TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  created_millis INTEGER NOT NULL,
  execution_day TEXT NOT NULL,
  document BLOB
);

CREATE TABLE payout (
  run TEXT NOT NULL REFERENCES payout_run (run),
  point_of_sale INTEGER NOT NULL,
  end_to_end_id TEXT NOT NULL UNIQUE,
  creditor TEXT NOT NULL,
  iban TEXT NOT NULL,
  remittance TEXT NOT NULL,
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  PRIMARY KEY (run, point_of_sale)
);

CREATE TABLE bank_line (
  end_to_end_id TEXT NOT NULL,
  rejected INTEGER NOT NULL CHECK (rejected IN (0, 1)),
  amount_cents INTEGER NOT NULL,
  booked_millis INTEGER NOT NULL,
  PRIMARY KEY (end_to_end_id, rejected, amount_cents)
);

CREATE TABLE document (
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  id TEXT NOT NULL,
  holds_from_millis INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (kind, id, version)
);

-- Postings come first, their event closes them: it is refused unless they balance, and nothing joins it afterwards.
CREATE TRIGGER event_balances BEFORE INSERT ON event
WHEN (SELECT COALESCE(SUM(debit_cents) - SUM(credit_cents), 1) FROM posting WHERE event = NEW.id) <> 0
BEGIN SELECT RAISE(ABORT, 'the postings of an event must balance'); END;

CREATE TRIGGER posting_joins_open_event BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.event)
BEGIN SELECT RAISE(ABORT, 'the event is closed'); END;

CREATE TRIGGER posting_kept BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'postings are never changed'); END;

CREATE TRIGGER posting_stays BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'postings are never deleted'); END;

CREATE TRIGGER event_kept BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

CREATE TRIGGER entry_kept BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;

CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;

CREATE TRIGGER card_record_kept BEFORE UPDATE ON card_record BEGIN SELECT RAISE(ABORT, 'card records are never changed'); END;

CREATE TRIGGER card_record_stays BEFORE DELETE ON card_record BEGIN SELECT RAISE(ABORT, 'card records are never deleted'); END;

CREATE TRIGGER payout_kept BEFORE UPDATE ON payout BEGIN SELECT RAISE(ABORT, 'payouts are never changed'); END;

CREATE TRIGGER payout_stays BEFORE DELETE ON payout BEGIN SELECT RAISE(ABORT, 'payouts are never deleted'); END;
