-- What a judgement says beyond its subject and object.
--   details  the corrected fields of a claim, or the catalogue row of a network that was accepted; the empty text
--            takes a value away. A map, not a column a field: what a person may correct grows without a migration.
--   said     what the judged claim said, and where: a claim has another id for each version of the extractor, and
--            a judgement is to hold for all that read the same, in this warehouse and in any that imports it.
ALTER TABLE judgement ADD COLUMN details MAP(VARCHAR, VARCHAR);
ALTER TABLE judgement ADD COLUMN said MAP(VARCHAR, VARCHAR);
