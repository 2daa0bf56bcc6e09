-- The hub's store, version 10: what is asked each day of what grows each day. Balances are added up from the index alone; whether
-- anything was sold on a day, which sale answers a question, and which records of cards are of a kind, is one look each.

DROP INDEX posting_by_account;

CREATE INDEX posting_by_account ON posting (account, third, debit_cents, credit_cents);

CREATE INDEX entry_by_day ON entry (day, kind);

CREATE INDEX sale_by_number ON sale (terminal, epoch, sale);

CREATE INDEX card_record_by_tag ON card_record (tag, card, counter);
