-- The hub's store, version 8: which records of cards are wanted; acknowledgements by the hub's generation; and what a hub that
-- was restored from a backup has still to read back before it pays and issues again.

CREATE TABLE wanted (
  card BLOB NOT NULL,
  first_counter INTEGER NOT NULL,
  last_counter INTEGER NOT NULL,
  PRIMARY KEY (card, first_counter)
);
