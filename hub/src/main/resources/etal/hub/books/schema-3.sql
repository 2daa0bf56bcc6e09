-- The hub's store, version 3: cards that no stall may take any more.

ALTER TABLE card ADD COLUMN denied INTEGER NOT NULL DEFAULT 0 CHECK (denied IN (0, 1));
