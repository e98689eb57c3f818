"""DuckDB with its spatial extension: duckdb.sql, its names filled in, and counts of it, or all rows into a file."""
import json
import pathlib
import sys

import duckdb

names = json.load(open(sys.argv[1]))
query = pathlib.Path(__file__).with_name("duckdb.sql").read_text()
for name, value in names.items():
    query = query.replace("{" + name + "}", str(value))
duckdb.execute(query)
if len(sys.argv) > 2:
    duckdb.execute(f"COPY (SELECT record_id, provision, breach, concerned, margin, edge FROM judged) TO '{sys.argv[2]}' (HEADER)")
else:
    counts = """SELECT provision, party, weapons,
        count(*) FILTER (breach) AS breaches, count(*) FILTER (NOT breach) AS cannot_tell
      FROM judged WHERE concerned GROUP BY ALL ORDER BY ALL"""
    duckdb.execute(f"COPY ({counts}) TO '/dev/stdout' (HEADER)")
