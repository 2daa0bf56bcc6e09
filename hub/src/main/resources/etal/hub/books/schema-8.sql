-- The hub's store, version 8: which records of cards are wanted; acknowledgements by the hub's generation; and what a hub that
-- was restored from a backup has still to read back before it pays and issues again.

CREATE TABLE wanted (
  card BLOB NOT NULL,
  first_counter INTEGER NOT NULL,
  last_counter INTEGER NOT NULL,
  PRIMARY KEY (card, first_counter)
);

CREATE TABLE restored (
  generation INTEGER NOT NULL,
  restored_millis INTEGER NOT NULL,
  known_millis INTEGER NOT NULL,
  last_period INTEGER NOT NULL,
  statement_by TEXT,
  statement_millis INTEGER,
  opened_millis INTEGER,
  PRIMARY KEY (generation)
);

CREATE TABLE restored_terminal (
  generation INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  read_back_millis INTEGER NOT NULL,
  lost_by TEXT,
  PRIMARY KEY (generation, terminal)
);

ALTER TABLE card_order ADD COLUMN recognised INTEGER NOT NULL DEFAULT 0;

ALTER TABLE payout_run ADD COLUMN recognised INTEGER NOT NULL DEFAULT 0;
