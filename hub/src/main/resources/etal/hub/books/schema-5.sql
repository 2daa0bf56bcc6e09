-- The hub's store, version 5: prices that buyers chose, in the order in which they came, and what is owed for each.

CREATE TABLE price_chosen (
  id INTEGER PRIMARY KEY,
  entry_hash BLOB NOT NULL UNIQUE,
  point_of_sale INTEGER NOT NULL,
  day TEXT NOT NULL,
  owed_cents INTEGER NOT NULL,
  unbacked_cents INTEGER NOT NULL
);

CREATE INDEX price_chosen_by_day ON price_chosen (day, point_of_sale);

CREATE TRIGGER price_chosen_kept BEFORE UPDATE ON price_chosen BEGIN SELECT RAISE(ABORT, 'prices are never changed'); END;

CREATE TRIGGER price_chosen_stays BEFORE DELETE ON price_chosen BEGIN SELECT RAISE(ABORT, 'prices are never deleted'); END;
