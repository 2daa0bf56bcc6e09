-- The hub's store, version 9: what a restored hub knows again by the word of cards alone. A month's token under which a card has
-- loaded, other bytes than those that are signed for the month now; and an order of which the same is signed anew, as the
-- card's record names it.

CREATE TABLE token_recognised (
  period INTEGER NOT NULL,
  hash BLOB NOT NULL,
  card BLOB NOT NULL,
  counter INTEGER NOT NULL,
  PRIMARY KEY (period, hash)
);

CREATE TABLE order_recognised (
  hash BLOB PRIMARY KEY,
  card BLOB NOT NULL,
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  UNIQUE (card, kind, number)
);
