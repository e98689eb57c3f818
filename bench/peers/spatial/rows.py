"""What PostGIS is given, since it reads no Parquet: the rows that could matter to anything, on the plane."""
import json
import pathlib
import sys

import duckdb

names = json.load(open(sys.argv[1]))
query = pathlib.Path(__file__).with_name("duckdb.sql").read_text().split("CREATE TABLE provisions")[0]
for name, value in names.items():
    query = query.replace("{" + name + "}", str(value))
duckdb.execute(query)
duckdb.execute(f"""COPY (
    SELECT record_id, happened_from, side_a, side_b, act, weapons,
      CASE WHEN weapons IN ('tanks', 'artillery', 'mortars') THEN 'Heavy'
        WHEN weapons IN ('rocket artillery', 'heavy machine guns', 'drones') THEN 'Lesser' END,
      1.6448536269514722 * radius_m / 2.447746830680816,
      plane_x(phi, a), plane_y(phi, a)
    FROM (SELECT *, radians(latitude) AS phi, a(latitude, longitude) AS a FROM read_parquet('{names["records"]}'))
    WHERE kind IN (1, 2)
  ) TO '/dev/stdout' (HEADER false)""")
