"""GeoPandas: rows that matter by PyArrow, distances by GEOS, the rest by pandas."""
import json
import sys

import geopandas
import pandas
import pyarrow.compute as pc
import pyarrow.dataset as ds
import shapely

from plane import plane

names = json.load(open(sys.argv[1]))
provisions = pandas.read_csv(names["provisions"], keep_default_na=False)
classes = {"Heavy": ["tanks", "artillery", "mortars"],
           "Lesser": ["rocket artillery", "heavy machine guns", "drones"]}
columns = ["happened_from", "side_a", "side_b", "act", "weapons", "latitude", "longitude", "radius_m"]
whole = ds.dataset(names["records"])

judged = []
for (shape, party, against, act, kind), terms in provisions.groupby(["shape", "party", "against", "act", "class"]):
    wanted = (pc.field("kind").isin([1, 2]) & (pc.field("side_a") == party) & pc.field("weapons").isin(classes[kind])
              & (pc.field("happened_from") >= int(terms.begins.min()))
              & (pc.field("happened_from") < int(terms.ends.max())))
    if act == "attack":
        wanted &= (pc.field("act") == 1) & (pc.field("side_b") == against)
    else:
        wanted &= pc.field("act").isin([1, 3, 16])
    rows = whole.to_table(columns=columns, filter=wanted).to_pandas()
    x, y = plane(rows.latitude.to_numpy(), rows.longitude.to_numpy(), (names["middle_latitude"], names["middle_longitude"]))
    ground = shapely.from_wkt(names[shape.lower()])
    shapely.prepare(ground)
    rows["s"] = geopandas.GeoSeries.from_xy(x, y).distance(ground).to_numpy()
    rows["edge"] = 1.6448536269514722 * rows.radius_m / 2.447746830680816
    for term in terms.itertuples():
        bound = rows[(rows.happened_from >= term.begins) & (rows.happened_from < term.ends)]
        bound = bound.assign(provision=term.provision, party=party, margin=term.metres - bound.s)
        bound["breach"] = (((bound.act == 3) | (act == "attack"))
                           & (bound.margin >= bound.edge) & (bound.margin > 0))
        judged.append(bound[(-bound.margin < bound.edge) | ((bound.edge == 0) & (bound.margin > 0))])
judged = pandas.concat(judged)
judged["cannot_tell"] = ~judged.breach
counts = judged.astype({"weapons": str}).groupby(["provision", "party", "weapons"])[["breach", "cannot_tell"]].sum()
counts.rename(columns={"breach": "breaches"}).to_csv(sys.stdout)
