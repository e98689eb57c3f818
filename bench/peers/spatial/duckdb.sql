-- Which records breach each provision, and of which it cannot be told: in metres
-- on a plane, the distance once per row and shape. duck.py counts them.
LOAD '{spatial}';

-- Transverse Mercator about the middle; a() is the way eastward, in radians.
CREATE MACRO a(latitude, longitude) AS radians(longitude - {middle_longitude}) * cos(radians(latitude));
CREATE MACRO n(phi) AS 6378137 / sqrt(1 - 0.006694379990141316 * sin(phi) ** 2);
CREATE MACRO meridian(phi) AS 6367449.145823415 * phi - 16038.50874126812 * sin(2 * phi)
  + 16.8326133266 * sin(4 * phi) - 0.0219844 * sin(6 * phi);
CREATE MACRO plane_x(phi, a) AS
  n(phi) * (a + (1 - tan(phi) ** 2 + 0.006739496742 * cos(phi) ** 2) * a * a * a / 6);
CREATE MACRO plane_y(phi, a) AS meridian(phi) - meridian(radians({middle_latitude}))
  + n(phi) * tan(phi) * (a * a / 2 + (5 - tan(phi) ** 2 + 0.06065547 * cos(phi) ** 2) * a * a * a * a / 24);

CREATE TABLE provisions AS FROM read_csv('{provisions}');
-- What a row must be to matter to a shape at all.
CREATE TABLE concerns AS
  SELECT shape, act, party, against, class, min(begins) AS begins, max(ends) AS ends, max(metres) + 1350 AS reach
  FROM provisions GROUP BY ALL;

CREATE VIEW judged AS
WITH scope AS (
  SELECT record_id, shape, reach, happened_from AS second, side_a AS party, r.side_b AS against, r.act AS done, r.class,
    weapons, radius_m / 2.447746830680816 AS sigma, radians(latitude) AS phi, a(latitude, longitude) AS a
  FROM (
    SELECT *, CASE WHEN weapons IN ('tanks', 'artillery', 'mortars') THEN 'Heavy' ELSE 'Lesser' END AS class
    FROM read_parquet('{records}')
    WHERE weapons IN ('tanks', 'artillery', 'mortars', 'rocket artillery', 'heavy machine guns', 'drones')
      AND side_a IN ('government forces', 'opposition forces') AND kind IN (1, 2) AND act IN (1, 3, 16)
  ) r JOIN concerns c ON side_a = party AND r.class = c.class AND happened_from >= begins AND happened_from < ends
    AND (c.act = 'keep' OR (r.act = 1 AND side_b = c.against))
), 
placed AS (SELECT *, plane_x(phi, a) AS x, plane_y(phi, a) AS y FROM scope),
measured AS (
  SELECT *, CASE shape
    WHEN 'River' THEN ST_Distance(ST_GeomFromText('{river}'), ST_Point(x, y))
    WHEN 'Road' THEN ST_Distance(ST_GeomFromText('{road}'), ST_Point(x, y))
    ELSE ST_Distance(ST_GeomFromText('{town}'), ST_Point(x, y)) END AS s
  FROM placed
),
bound AS (
  SELECT record_id, m.party, weapons, provision, metres - s AS margin, 1.6448536269514722 * sigma AS edge, p.act = 'attack' OR done = 3 AS sure
  FROM measured m JOIN provisions p
  ON m.shape = p.shape AND m.party = p.party AND m.class = p.class AND m.against = coalesce(p.against, m.against) AND second >= begins AND second < ends
)
SELECT record_id, provision, party, weapons, margin, edge, sure AND margin >= edge AND margin > 0 AS breach,
  -margin < edge OR (edge = 0 AND margin > 0) AS concerned
FROM bound;
