-- The same question in PostGIS.
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET work_mem = '256MB';
COPY (
  WITH concerns AS (
    SELECT p.shape, act, p.party, p.against, class, min(begins) AS begins, max(ends) AS ends
    FROM provisions p GROUP BY 1, 2, 3, 4, 5
  ),
  measured AS MATERIALIZED (
    SELECT r.*, c.shape, ST_Distance(ground, ST_MakePoint(x, y)) AS s
    FROM concerns c JOIN shapes USING (shape) JOIN records r
      ON r.party = c.party AND r.class = c.class AND second >= c.begins AND second < c.ends
        AND r.act IN (1, 3, 16) AND (c.act = 'keep' OR (r.act = 1 AND r.against = c.against))
  ),
  judged AS (
    SELECT record_id, provision, m.party, weapons, metres - s AS margin, edge,
      (p.act = 'attack' OR m.act = 3) AND metres - s >= edge AND metres - s > 0 AS breach
    FROM measured m JOIN provisions p ON p.shape = m.shape AND p.party = m.party AND p.class = m.class
      AND second >= begins AND second < ends AND (p.against IS NULL OR p.against = m.against)
  )
  SELECT provision, party, weapons, count(*) FILTER (WHERE breach) AS breaches,
    count(*) FILTER (WHERE NOT breach) AS cannot_tell
  FROM judged WHERE -margin < edge OR (edge = 0 AND margin > 0)
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
) TO STDOUT CSV HEADER;
