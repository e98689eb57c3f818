"""DuckDB: the same from days and the attacks on them, straight from the records."""
import sys

import duckdb

print(*[day for day, in duckdb.execute(f"""
    WITH attacks AS (
      SELECT (happened_from - 1704067200) // 86400 AS day FROM read_parquet('{sys.argv[1]}')
      WHERE act = 1 AND side_a IN ('government forces', 'opposition forces')
        AND side_b IN ('government forces', 'opposition forces') AND side_a <> side_b
      GROUP BY ALL
    )
    SELECT midnight FROM range(7, 731) AS days(midnight)
    WHERE NOT EXISTS (FROM attacks WHERE day >= midnight - 7 AND day < midnight) ORDER BY midnight""").fetchall()], sep="\n")
