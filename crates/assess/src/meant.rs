//! The ground a term speaks of: one zone, with what may belong to it as well; or,
//! where the distance is the weapon's range, one for each range that is known.

use std::borrow::Cow;

use armistice_geodesy::Metres;
use armistice_records::RecordColumns;
use armistice_terms::weapons::{Told, matches};
use armistice_terms::{Region, Units, Zone};
use arrow_array::Array;

use crate::fields::{Far, Fields, HIGHEST};
use crate::place::{Placing, Placings, place};
use crate::reason::Reason;
use crate::truth::Truth;
use crate::variant::Variant;

/// The ground of one variant, set up for one batch.
pub(crate) struct Meant<'a> {
    /// By increasing range, where there are several.
    each: Vec<One<'a>>,
    /// Per distinct weapons text: how far these reach. Of terms with a distance
    /// of their own, none.
    reaches: Option<Vec<Reach>>,
    standard: f64,
}

/// A zone and where what is known of places there is kept.
struct One<'a> {
    zone: Cow<'a, Zone>,
    kept: usize,
    /// The same of the ground that may belong to it as well.
    perhaps: Option<(Zone, usize)>,
}

impl One<'_> {
    /// Why it cannot be told of what is not in it for certain, and may be all the same.
    fn why(&self) -> Reason {
        if self.zone.counted { Reason::DeeperSomewhere } else { Reason::NearJoined }
    }
}

/// How far the weapons of a record reach, those the term speaks of.
#[derive(Clone, Copy)]
struct Reach {
    /// The zone of the greatest range that is known.
    greatest: Option<usize>,
    /// Whether the range of all of them is.
    all_known: bool,
}

impl<'a> Meant<'a> {
    /// `None` where the term holds anywhere.
    pub(crate) fn of(variant: &'a Variant<'a>, columns: &RecordColumns<'_>, placings: &mut Placings) -> Option<Self> {
        let zone = variant.provision.duty.zone()?;
        let standard = variant.agreement.standard_for(variant.provision);
        let mut one = |zone: Cow<'a, Zone>| {
            let kept = placings.under(&zone, standard);
            let perhaps = zone.perhaps.as_deref().map(|wider| (wider.clone(), placings.under(wider, standard)));
            One { zone, kept, perhaps }
        };
        if zone.region != Region::WithinRange {
            return Some(Self { each: vec![one(Cow::Borrowed(zone))], reaches: None, standard });
        }
        let ranges = ranges(variant);
        let each = ranges.iter().map(|range| one(Cow::Owned(zone.within_range(*range)))).collect();
        let texts = columns.weapons.names.iter().map(|text| text.unwrap_or_default());
        let reaches = texts.map(|text| reach(variant, &ranges, text)).collect();
        Some(Self { each, reaches: Some(reaches), standard })
    }

    /// When a row is so far away that it is outside, where one distance says so.
    pub(crate) fn far(&self, fields: &Fields) -> Option<(usize, Far)> {
        let [One { zone, perhaps: None, .. }] = self.each.as_slice() else {
            return None;
        };
        // A standard that hardly anything meets is left to the full arithmetic.
        if self.reaches.is_none() && self.standard <= HIGHEST { fields.fence(zone) } else { None }
    }

    /// Where a row was, on this ground.
    pub(crate) fn placing(
        &self,
        columns: &RecordColumns<'_>,
        row: usize,
        units: &Units,
        placings: &mut Placings,
    ) -> Placing {
        let Some(reaches) = &self.reaches else {
            return self.on(0, columns, row, units, placings);
        };
        let keys = columns.weapons.keys;
        let key = (!keys.is_null(row)).then(|| keys.value(row)).and_then(|key| usize::try_from(key).ok());
        let Some(Reach { greatest: Some(greatest), all_known }) = key.and_then(|key| reaches.get(key)).copied() else {
            return Placing::untold(Reason::RangeNotKnown);
        };
        let placing = self.on(greatest, columns, row, units, placings);
        if all_known || placing.truth == Truth::True {
            return placing;
        }
        // Another of them may reach farther.
        Placing { truth: Truth::Unknown, reason: Reason::RangeNotKnown, ..placing }
    }

    fn on(
        &self,
        index: usize,
        columns: &RecordColumns<'_>,
        row: usize,
        units: &Units,
        placings: &mut Placings,
    ) -> Placing {
        let mut judged = |zone: &Zone, kept: usize| match placings.at(kept) {
            Some(measured) => place(zone, columns, row, units, self.standard, measured),
            None => Placing::untold(Reason::PlaceNotStated),
        };
        let Some(one) = self.each.get(index) else {
            return Placing::untold(Reason::PlaceNotStated);
        };
        let placing = judged(&one.zone, one.kept);
        match &one.perhaps {
            Some((wider, kept)) if placing.truth != Truth::True => {
                let wider = judged(wider, *kept);
                match (wider.truth, placing.truth) {
                    (Truth::False, _) => wider,
                    // It is for its own place that the rest cannot be told, either.
                    (_, Truth::Unknown) => placing,
                    _ => Placing { truth: Truth::Unknown, reason: one.why(), ..wider },
                }
            }
            _ => placing,
        }
    }
}

/// Every range that the agreement gives a system, each once.
fn ranges(variant: &Variant<'_>) -> Vec<Metres> {
    let mut all: Vec<Metres> = variant.agreement.systems.iter().filter_map(|system| system.range).collect();
    all.sort_by(|a, b| a.get().total_cmp(&b.get()));
    all.dedup();
    all
}

fn reach(variant: &Variant<'_>, ranges: &[Metres], text: &str) -> Reach {
    let systems = &variant.agreement.systems;
    let class = variant.provision.duty.forces().and_then(|forces| forces.weapons.as_deref());
    let meant = text.split('|').filter(|name| class.is_none_or(|class| matches(class, systems, name) != Some(false)));
    let known: Vec<Option<Metres>> = meant.map(|name| Told::of(name, systems).range).collect();
    let index = |range: &Metres| ranges.iter().position(|known| known == range);
    Reach { greatest: known.iter().flatten().filter_map(index).max(), all_known: known.iter().all(Option::is_some) }
}
