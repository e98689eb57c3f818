"""DuckDB: events and deaths by country."""
import sys

import duckdb

duckdb.execute(f"""COPY (
    SELECT country, count(*) AS events, sum(best) AS deaths FROM read_csv('{sys.argv[1]}') GROUP BY country ORDER BY country
  ) TO '/dev/stdout' (HEADER)""")
