-- The hub's store, version 7: sales that were cancelled at the stall, and what is in doubt of cancellations.

CREATE TABLE cancellation (
  entry_hash BLOB PRIMARY KEY,
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL,
  sale_hash BLOB NOT NULL UNIQUE,
  sale INTEGER NOT NULL,
  branch TEXT NOT NULL CHECK (branch IN ('chain', 'fork')),
  day TEXT NOT NULL,
  point_of_sale INTEGER NOT NULL,
  card BLOB,
  counter INTEGER,
  back_cents INTEGER NOT NULL,
  UNIQUE (card, counter)
);

CREATE INDEX cancellation_by_day ON cancellation (day, point_of_sale);

ALTER TABLE doubt ADD COLUMN cancelling INTEGER NOT NULL DEFAULT 0;

ALTER TABLE abandoned ADD COLUMN cancelling INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER cancellation_kept BEFORE UPDATE ON cancellation BEGIN SELECT RAISE(ABORT, 'cancellations are never changed'); END;

CREATE TRIGGER cancellation_stays BEFORE DELETE ON cancellation BEGIN SELECT RAISE(ABORT, 'cancellations are never deleted'); END;
