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

CREATE TABLE succession (
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  before_epoch INTEGER NOT NULL,
  before_number INTEGER NOT NULL,
  head BLOB NOT NULL,
  PRIMARY KEY (terminal, epoch)
);

CREATE TABLE kept (
  terminal INTEGER NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('quarantine', 'fork')),
  kept_bytes INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  left_out_bytes INTEGER NOT NULL,
  PRIMARY KEY (terminal, place)
);

INSERT INTO kept SELECT COALESCE(terminal, 0), 'quarantine', SUM(LENGTH(bytes)), 0, 0 FROM quarantine WHERE scheme_version IS NULL GROUP BY COALESCE(terminal, 0);

INSERT INTO kept SELECT terminal, 'fork', SUM(LENGTH(bytes)), 0, 0 FROM fork GROUP BY terminal;
