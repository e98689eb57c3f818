"""Reelay: the midnights at which seven days lie behind without an attack of one party on the other."""
import csv
import sys

import reelay

DAY = 86400
gate = reelay.dense_timed_monitor(pattern="historically[0:604800]{calm}")
changes = gate.update({"time": 0, "calm": True})
last = 0
with open(sys.argv[1]) as events:
    for row in csv.DictReader(events):
        # What is told of a second or more after the last; an attack takes a second.
        second = max(int(row["time"]), last + 1)
        calm = not (row["act"] == "1" and row["by"] <= "2" and row["on"] <= "2" and row["by"] != row["on"])
        changes += gate.update({"time": second, "calm": calm})
        if not calm:
            changes += gate.update({"time": second + 1, "calm": True})
        last = second + (not calm)
changes += gate.update({"time": second + DAY, "calm": True})
for change, after in zip(changes, changes[1:] + [{"time": second}]):
    if change["value"]:
        # Before the seventh midnight no seven days lie behind.
        for midnight in range(max(7, int(-(-change["time"] // DAY))), int(after["time"] // DAY) + 1):
            print(midnight)
