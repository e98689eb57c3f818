"""The bare scan: DuckDB adding up columns, and judging nothing.

With `few`, the columns that the peers' question is asked of; without, every column that a judgement looks at.
"""
import json
import sys

import duckdb

records = json.load(open(sys.argv[1]))["records"]
few = """count(*), sum(kind), sum(happened_from), min(latitude), min(longitude), sum(radius_m), sum(act),
  min(side_a), min(side_b), min(weapons)"""
more = """, max(record_id), sum(happened_until), sum(clock), sum(time_precision), count(known_at), sum(place_kind),
  sum(direction), min(independence_groups), count(event), count(effect)"""
print(duckdb.execute(f"SELECT {few + ('' if 'few' in sys.argv else more)} FROM read_parquet('{records}')").fetchall())
