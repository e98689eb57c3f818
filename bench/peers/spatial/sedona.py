"""SedonaDB: the same question in its SQL."""
import json
import sys

import sedonadb

names = json.load(open(sys.argv[1]))
sd = sedonadb.connect()
sd.read_parquet(names["records"]).to_view("records")
with open(names["provisions"]) as file:
    header, *rows = [line.strip().split(",") for line in file]
values = ", ".join("(" + ", ".join(v if v.isdigit() else f"'{v}'" for v in row) + ")" for row in rows)
provisions = f"(VALUES {values}) AS p({', '.join(header)})"

# Transverse Mercator about the middle; a is the way eastward, in radians.
meridian = """(6367449.145823415 * {0} - 16038.50874126812 * sin(2 * {0})
  + 16.8326133266 * sin(4 * {0}) - 0.0219844 * sin(6 * {0}))""".format
n = "(6378137 / sqrt(1 - 0.006694379990141316 * power(sin(phi), 2)))"
x = f"{n} * (a + (1 - power(tan(phi), 2) + 0.006739496742 * power(cos(phi), 2)) * a * a * a / 6)"
y = f"""{meridian('phi')} - {meridian(f"radians({names['middle_latitude']})")}
  + {n} * tan(phi) * (a * a / 2 + (5 - power(tan(phi), 2) + 0.06065547 * power(cos(phi), 2)) * a * a * a * a / 24)"""


def measured(shape):
    """Rows that matter to a shape at all, each with its distance, and then the provisions that bind it."""
    terms = [dict(zip(header, row)) for row in rows if row[1] == shape]
    begins, ends = min(int(t["begins"]) for t in terms), max(int(t["ends"]) for t in terms)
    parties, classes = ("', '".join(sorted({t[key] for t in terms})) for key in ("party", "class"))
    attack = " AND done = 1" if terms[0]["act"] == "attack" else ""
    return f"""SELECT provision, m.party, weapons, edge, metres - s AS margin, p.act = 'attack' OR done = 3 AS sure
      FROM (
        SELECT *, ST_Distance(ST_Point(x, y), ST_GeomFromWKT('{names[shape.lower()]}')) AS s FROM placed
        WHERE second >= {begins} AND second < {ends} AND party IN ('{parties}') AND class IN ('{classes}'){attack}
      ) m JOIN {provisions} ON p.shape = '{shape}'
        AND m.party = p.party AND m.class = p.class AND second >= begins AND second < ends
        AND (p.act = 'keep' OR m.against = p.against)"""


judged = f"""
WITH scope AS (
  SELECT CAST(happened_from AS BIGINT) AS second, side_a AS party, side_b AS against, act AS done, weapons,
    CASE WHEN weapons IN ('tanks', 'artillery', 'mortars') THEN 'Heavy' ELSE 'Lesser' END AS class,
    1.6448536269514722 * radius_m / 2.447746830680816 AS edge, radians(latitude) AS phi,
    radians(longitude - {names['middle_longitude']}) * cos(radians(latitude)) AS a
  FROM records
  WHERE weapons IN ('tanks', 'artillery', 'mortars', 'rocket artillery', 'heavy machine guns', 'drones')
    AND side_a IN ('government forces', 'opposition forces') AND kind IN (1, 2) AND act IN (1, 3, 16)
),
placed AS (SELECT *, {x} AS x, {y} AS y FROM scope),
measured AS ({' UNION ALL '.join(map(measured, ('River', 'Road', 'Town')))})
SELECT provision, CAST(party AS VARCHAR) AS party, CAST(weapons AS VARCHAR) AS weapons, margin, edge, sure AND margin >= edge AND margin > 0 AS breach
FROM measured WHERE -margin < edge OR (edge = 0 AND margin > 0)"""

sd.sql(f"""SELECT provision, party, weapons, sum(CASE WHEN breach THEN 1 ELSE 0 END) AS breaches,
    sum(CASE WHEN breach THEN 0 ELSE 1 END) AS cannot_tell
  FROM ({judged}) GROUP BY provision, party, weapons ORDER BY provision, party, weapons
  """).to_pandas().to_csv(sys.stdout, index=False)
