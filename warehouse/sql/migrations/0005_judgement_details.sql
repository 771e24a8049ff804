-- What a judgement says beyond its subject and object: the corrected fields of a claim, or the catalogue row
-- of a network that was accepted. The empty text takes a value away. A map, not a column a field: what a
-- person may correct grows without a migration.
ALTER TABLE judgement ADD COLUMN details MAP(VARCHAR, VARCHAR);
