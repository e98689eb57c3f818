"""Polars: events and deaths by country."""
import sys

import polars

events = polars.scan_csv(sys.argv[1], infer_schema_length=0)
counts = events.group_by("country").agg(
    polars.len().alias("events"), polars.col("best").cast(polars.Int64).sum().alias("deaths"))
print(counts.sort("country").collect(engine="streaming").write_csv(), end="")
