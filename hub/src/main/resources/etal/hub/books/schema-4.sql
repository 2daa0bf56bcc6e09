-- The hub's store, version 4: what a card may load beyond an amount a month. Before, nothing expired, nothing was earned and no
-- month was caught up.

ALTER TABLE card ADD COLUMN earnable_cents INTEGER NOT NULL DEFAULT 0;

ALTER TABLE card ADD COLUMN keep_cents INTEGER NOT NULL DEFAULT 2147483647;

ALTER TABLE card ADD COLUMN point_of_sale INTEGER NOT NULL DEFAULT 0;

ALTER TABLE card ADD COLUMN catch_up_months INTEGER NOT NULL DEFAULT 0;
