-- The columns of the question, placed on the plane beforehand, and the indexes
-- that help to answer it. What this takes is not counted.
CREATE EXTENSION IF NOT EXISTS postgis;
DROP TABLE IF EXISTS records, provisions, shapes;
CREATE TABLE provisions (provision text, shape text, act text, party text, against text, class text,
  begins bigint, ends bigint, metres float8);
\copy provisions FROM '{provisions}' CSV HEADER
CREATE TABLE shapes (shape text, ground geometry);
INSERT INTO shapes VALUES ('River', '{river}'), ('Road', '{road}'), ('Town', '{town}');
CREATE UNLOGGED TABLE records (record_id text, second bigint, party text, against text, act smallint, weapons text,
  class text, edge float8, x float8, y float8);
\copy records FROM PROGRAM '{rows}' CSV
CREATE INDEX ON records (party, class, second);
VACUUM ANALYZE records;
ANALYZE provisions;
