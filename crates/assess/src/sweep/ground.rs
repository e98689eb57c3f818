//! Where a record was, for every width of the ground at once.
//!
//! How far a place is from a line hangs on no width: it is measured once. What is
//! asked of it then is asked by the very functions that judge a record, with
//! another width, until the last value is known at which the answer is the old one.

use std::collections::HashMap;
use std::rc::Rc;

use armistice_geodesy::{Metres, Position, Radius95, Sample};
use armistice_records::{RecordColumns, place_kind};
use armistice_terms::{LeverUnit, Region, Units, Zone};
use arrow_array::Array;

use super::crossing::{Parted, Steps, at, crossings, flip, monotone, steps};
use crate::place::{self, Around, Ground, Measure, spread_over, unit_name, vague};
use crate::reason::Reason;
use crate::truth::Truth;

/// Places judged on ground of every width in a range.
pub(crate) struct Widths<'z> {
    zone: &'z Zone,
    unit: LeverUnit,
    range: (i64, i64),
    standard: f64,
    units: &'z Units,
    points: HashMap<(u64, u64, u64), Steps>,
    named: HashMap<String, Steps>,
    untold: Steps,
}

impl<'z> Widths<'z> {
    pub(crate) fn new(zone: &'z Zone, (unit, range): (LeverUnit, (i64, i64)), standard: f64, units: &'z Units) -> Self {
        let untold = Rc::from([(range.0, Truth::Unknown)]);
        Self { zone, unit, range, standard, units, points: HashMap::new(), named: HashMap::new(), untold }
    }

    /// Whether a row was there, at each width.
    pub(crate) fn of(&mut self, columns: &RecordColumns<'_>, row: usize) -> Steps {
        let kind = columns.place_kind.get(row).copied().unwrap_or(place_kind::UNKNOWN);
        match (kind, place::at(columns, row)) {
            (place_kind::POINT, Some(position)) => {
                let radius = if columns.radius_m.is_valid(row) { columns.radius_m.value(row) } else { 0.0 };
                let Ok(radius) = Radius95::new(Metres::new(radius)) else {
                    return Rc::clone(&self.untold);
                };
                let key =
                    (position.latitude().to_bits(), position.longitude().to_bits(), radius.radius().get().to_bits());
                if let Some(known) = self.points.get(&key) {
                    return Rc::clone(known);
                }
                let found = self.either(|zone| self.around(zone, position, radius));
                self.points.insert(key, Rc::clone(&found));
                found
            }
            (place_kind::SECTOR, Some(observer)) => match place::sector(observer, columns, row) {
                Some(sector) => {
                    let places = Sample::of_sector(&sector, place::IN_A_SECTOR);
                    self.either(|zone| self.spread(zone, &places))
                }
                None => Rc::clone(&self.untold),
            },
            (place_kind::AREA, _) => {
                let Some((name, places)) = unit_name(columns, row).and_then(|n| Some((n, self.units.places(n)?)))
                else {
                    return Rc::clone(&self.untold);
                };
                if let Some(known) = self.named.get(name) {
                    return Rc::clone(known);
                }
                let found = self.either(|zone| self.spread(zone, places));
                self.named.insert(name.to_owned(), Rc::clone(&found));
                found
            }
            _ => Rc::clone(&self.untold),
        }
    }

    /// On the zone's ground, or what may belong to it as well.
    fn either(&self, on: impl Fn(&Zone) -> Vec<(i64, Truth)>) -> Steps {
        let within = on(self.zone);
        let Some(wider) = self.zone.perhaps.as_deref().map(on) else {
            return within.into();
        };
        let changes = within.iter().chain(&wider).map(|(from, _)| *from).collect();
        let so = |value: i64| match (at(&within, value), at(&wider, value)) {
            (Truth::True, _) => Truth::True,
            (_, Truth::False) => Truth::False,
            _ => Truth::Unknown,
        };
        steps(self.range.0, changes, so).into()
    }

    /// The ground of a zone, at one width.
    fn ground<'g>(&self, zone: &'g Zone, value: i64) -> Ground<'g> {
        let reach = self.unit.reach(value);
        let region = match zone.region {
            Region::Within(_) => Region::Within(reach),
            Region::WithinOnSide(_, side) => Region::WithinOnSide(reach, side),
            Region::NotBeyond(_, side) => Region::NotBeyond(reach, side),
            // These reach no distance of their own: there is no lever on them.
            other => other,
        };
        Ground::of(&zone.shape, region)
    }

    /// A place around a point.
    fn around(&self, zone: &Zone, position: Position, radius: Radius95) -> Vec<(i64, Truth)> {
        let (from, to) = self.range;
        let on = |value: i64| self.ground(zone, value);
        let about = Around::new(&on(from), zone.good_to, position, radius);
        let straight = |value: i64| {
            let ground = on(value);
            about.placing(&ground, about.by_formula(&ground), self.standard).truth
        };
        // So far off, or so deep inside, no width in question is near.
        // (Past the end of a line, its other side may be near all the same.)
        let sided = matches!(zone.region, Region::NotBeyond(..));
        if !sided && (about.signed.abs() - on(to).width()) > about.both.sigma() * FAR {
            return vec![(from, straight(from))];
        }
        let changes = self.changes(zone, &about);
        let by_formula = steps(from, changes.clone(), straight);
        if about.both == Radius95::EXACT || self.straight_near(zone, &about, &changes) {
            return by_formula;
        }
        let by_places = self.by_places(zone, &about, &changes);
        let plain = |value: i64| about.plain(&on(value));
        let mut changes: Vec<i64> = by_formula.iter().chain(&by_places).map(|(at, _)| *at).collect();
        changes.sort_unstable();
        changes.dedup();
        // Which of the two is asked matters only where they differ.
        let ends: Vec<i64> = changes.iter().skip(1).copied().chain([to + 1]).collect();
        for (begins, ends) in changes.clone().into_iter().zip(ends) {
            if at(&by_formula, begins) != at(&by_places, begins) {
                let marks: Vec<i64> = (0..=MARKS).map(|mark| begins + (ends - 1 - begins) * mark / MARKS).collect();
                let pairs = marks.iter().zip(marks.iter().skip(1));
                changes.extend(pairs.filter_map(|(a, b)| flip((*a, *b), plain)));
            }
        }
        let so = |value: i64| match (at(&by_formula, value), at(&by_places, value)) {
            (one, other) if one == other => one,
            (one, other) => {
                if plain(value) {
                    one
                } else {
                    other
                }
            }
        };
        steps(from, changes, so)
    }

    /// Where what the formula for a straight line says of a place may change: the
    /// probability and what makes a report too vague only rise with the width, or
    /// only fall.
    fn changes(&self, zone: &Zone, about: &Around) -> Vec<i64> {
        let probability = |value: i64| about.by_formula(&self.ground(zone, value));
        let too_vague = |value: i64| vague(&self.ground(zone, value), about.signed, about.both, self.standard);
        let found = [
            flip(self.range, |value| probability(value) >= self.standard),
            flip(self.range, |value| probability(value) <= 1.0 - self.standard),
            flip(self.range, |value| too_vague(value).is_some_and(|vague| vague.hopeless)),
            flip(self.range, |value| too_vague(value).is_some_and(|vague| vague.near)),
        ];
        found.into_iter().flatten().collect()
    }

    /// Whether the shape is as good as straight wherever the formula's answer
    /// changes, and about there: a mean over places is off from it by less.
    fn straight_near(&self, zone: &Zone, about: &Around, changes: &[i64]) -> bool {
        let (from, to) = self.range;
        let sigma = LeverUnit::of_metres(about.both.sigma().get().round()).unwrap_or(to);
        changes.iter().chain([&from, &to]).all(|change| {
            (-8..=8).all(|mark| about.plain(&self.ground(zone, (change + sigma / 32 * mark).clamp(from, to))))
        })
    }

    /// What the mean over many places says of a place around a point.
    fn by_places(&self, zone: &Zone, about: &Around, changes: &[i64]) -> Vec<(i64, Truth)> {
        let number = |value: i64| {
            let ground = self.ground(zone, value);
            let (up, down) = about.parts(&ground);
            Parted { is: about.by_places(&ground), up, down }
        };
        let (inside, outside) = (self.standard, 1.0 - self.standard);
        let mut found = crossings(self.range, inside, &number, &|p| p >= inside);
        found.extend(crossings(self.range, outside, &number, &|p| p <= outside));
        found.extend(changes);
        steps(self.range.0, found, |value| {
            let ground = self.ground(zone, value);
            about.placing(&ground, about.by_places(&ground), self.standard).truth
        })
    }

    /// Somewhere in ground for which places stand. The wider the zone, the more of
    /// them lie in it, and the less of the ground is clear of it.
    fn spread(&self, zone: &Zone, places: &Sample) -> Vec<(i64, Truth)> {
        let first = self.ground(zone, self.range.0);
        let seen = first.see_all(places);
        monotone(self.range, |value| {
            let ground = Seen { ground: self.ground(zone, value), seen: &seen };
            spread_over(&ground, zone, places, self.standard, Reason::PlaceTooCoarse).truth
        })
    }
}

/// Farther than so many standard deviations from the edge, neither the formula nor
/// any of the places that stand for a normal leaves anything open.
const FAR: f64 = 8.0;

/// At how many values it is asked, where it matters, whether the shape is as good
/// as straight; between two with the same answer it is taken to be the same.
const MARKS: i64 = 64;

/// Ground on which places were measured before.
struct Seen<'g> {
    ground: Ground<'g>,
    seen: &'g [Metres],
}

impl Measure for Seen<'_> {
    type Seen = Metres;

    fn see(&self, at: Position) -> Metres {
        self.ground.see(at)
    }

    fn see_all(&self, _: &Sample) -> Vec<Metres> {
        self.seen.to_vec()
    }

    fn outside_by(&self, at: Position, seen: &Metres) -> Metres {
        self.ground.outside_by(at, seen)
    }

    fn probability(&self, seen: &Metres, radius: Radius95) -> f64 {
        self.ground.probability(seen, radius)
    }

    fn most(&self, seen: &Metres, radius: Radius95) -> f64 {
        self.ground.most(seen, radius)
    }
}
