//! One inventory under one reading, record by record.

use std::collections::{BTreeMap, BTreeSet};

use std::rc::Rc;

use armistice_records::{Act, Direction, Effect, Estimate, Kind, Place, Record, RecordColumns};
use armistice_terms::{Agreement, Dealing, Duty, Holding, Inventory, Reading, Region, Zone};

use crate::acting::union;
use crate::bench::Bench;
use crate::counting::{acts, counted};
use crate::events::happened;
use crate::evidence::{Notice, discounted};
use crate::exchange::Between;
use crate::finding::{Dimension, Judgement, Verdict};
use crate::knowledge::At;
use crate::names::Names;
use crate::place::{Measured, Placings, over};
use crate::running::Running;
use crate::sources::Ladder;
use crate::stock::{ItemAccount, Sighted, StockCount, Verified, Whereabouts};
use crate::telling::{Telling, is_called};
use crate::truth::Truth;
use crate::variant::Variant;
use crate::when::widened;

/// Whether a term keeps or withdraws things from some ground.
pub(crate) fn is_line(variant: &Variant<'_>) -> bool {
    match &variant.provision.duty {
        Duty::StandOff { zone, .. } | Duty::WithdrawBy { zone, .. } => zone.region != Region::Outside,
        _ => false,
    }
}

/// A site: what it is called, its ground if it has any, and what is measured.
struct Site<'s> {
    name: &'s str,
    ground: Option<Zone>,
    measured: [Measured; 2],
}

/// A count of all of an item.
struct Count {
    from: i64,
    until: i64,
    number: Estimate,
    id: String,
}

/// What is gathered of one item.
#[derive(Default)]
struct Gathered {
    counts: Vec<Count>,
    seen: BTreeMap<Whereabouts, (u64, BTreeSet<String>)>,
}

/// One inventory, under one reading.
pub(crate) struct Ledger<'l> {
    running: &'l Running<'l, 'l>,
    ladder: &'l Ladder<'l>,
    stock: &'l Inventory,
    agreement: &'l Agreement,
    /// The terms that draw a line for its holder.
    lines: Vec<&'l Variant<'l>>,
    sites: Vec<Site<'l>>,
    items: Vec<Gathered>,
    placings: Placings,
    /// The names of the batch last looked at, as its lines read them.
    names: Option<(usize, Rc<Names<'l>>)>,
}

impl<'l> Ledger<'l> {
    pub(crate) fn new(
        (running, ladder): (&'l Running<'l, 'l>, &'l Ladder<'l>),
        reading: &'l Reading,
        stock: &'l Inventory,
    ) -> Self {
        let agreement = &reading.agreement;
        let agrees = |v: &&Variant<'_>| v.answers.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
        let lines = running.variants.iter().filter(agrees).filter(|v| is_line(v));
        let lines = lines.filter(|v| !v.provision.bound.and(stock.held_by).is_empty()).collect();
        let sites = stock.stored_at.iter().map(|name| {
            let ground = agreement.places.iter().find(|place| place.name == *name).and_then(|place| place.inside());
            Site { name, ground, measured: Default::default() }
        });
        Self {
            running,
            ladder,
            stock,
            agreement,
            lines,
            sites: sites.collect(),
            items: stock.items.iter().map(|_| Gathered::default()).collect(),
            placings: Placings::default(),
            names: None,
        }
    }

    /// The account of each item.
    pub(crate) fn items(mut self, views: &[RecordColumns<'_>], notices: &[Notice]) -> Vec<ItemAccount> {
        for (number, (columns, whens)) in views.iter().zip(&self.running.whens).enumerate() {
            let current = self.running.knowledge.current(number);
            for (row, (when, counts)) in whens.iter().zip(current).enumerate() {
                if *counts && columns.kind.get(row).is_some_and(|kind| happened(*kind)) && !discounted(columns, row) {
                    self.enter(columns, (number, row), *when);
                }
            }
        }
        let Self { running, stock, items, .. } = self;
        let window = running.window();
        let each = stock.items.iter().zip(items);
        each.map(|(holding, gathered)| gathered.account(holding, stock, notices, window)).collect()
    }

    /// Enters what one row tells.
    fn enter(&mut self, columns: &RecordColumns<'_>, at: At, when: (i64, i64)) {
        let row = at.1;
        let counts = counted(columns, row);
        let act = columns.act.get(row).copied().and_then(Act::from_code);
        if !counts && !act.is_some_and(|act| acts(Dealing::Keep).contains(&act)) {
            return;
        }
        let within = widened(columns, row, when);
        let touches = self.running.touches(columns, row, when);
        if if counts { within.1 > self.running.window().1 } else { !touches } {
            return;
        }
        let Some(record) = columns.row(row) else {
            return;
        };
        let telling = Telling { record: &record, within, agreement: self.agreement };
        if telling.only_parties_tell() {
            return;
        }
        if counts {
            if let Some(number) = self.count(telling) {
                self.counted(telling, number, (columns, row), touches);
            }
        } else {
            self.sighted(telling, columns, at);
        }
    }

    /// What a record counts of the inventory, if it does.
    fn count(&self, telling: Telling<'_>) -> Option<Estimate> {
        let message = telling.record.message.as_ref()?;
        let side = telling.side(&telling.record.side_b);
        let Inventory { name, held_by, sealed_by, .. } = self.stock;
        let theirs = held_by.is_empty() || side.is_nobody() || side.only(*held_by);
        // Nobody vouches for what he holds himself.
        let tellers = telling.tellers();
        let vouched = tellers.is_empty() || !tellers.without(*held_by).is_empty();
        let sealed = sealed_by.is_empty() || !tellers.and(*sealed_by).is_empty();
        message.count.filter(|_| theirs && vouched && sealed && message.subject.contains(name))
    }

    fn counted(
        &mut self,
        telling: Telling<'_>,
        number: Estimate,
        (columns, row): (&RecordColumns<'_>, usize),
        touches: bool,
    ) {
        let record = telling.record;
        let there = self.in_storage(columns, row);
        let named = record.place_name.as_ref().is_some_and(|name| !name.trim().is_empty());
        let nowhere = record.place == Place::Unknown && !named;
        let whole = nowhere || (self.sites.len() == 1 && there == Truth::True);
        for (index, (item, holding)) in self.items.iter_mut().zip(&self.stock.items).enumerate() {
            if whole && is_all_of(telling, &self.stock.items, index) {
                let (from, until) = telling.within;
                item.counts.push(Count { from, until, number, id: record.id.clone() });
            } else if touches && there == Truth::True && telling.of(&holding.what) == Some(Truth::True) {
                item.see(Whereabouts::Stored, number.low, &record.id);
            }
        }
    }

    fn sighted(&mut self, telling: Telling<'_>, columns: &RecordColumns<'_>, at: At) {
        let record = telling.record;
        let (a, b) = (telling.side(&record.side_a), telling.side(&record.side_b));
        let holder = if record.direction == Direction::AOnB { a } else { union(a, b) };
        if !holder.only(self.stock.held_by) {
            return;
        }
        let of: Vec<bool> = self.stock.items.iter().map(|item| telling.of(&item.what) == Some(Truth::True)).collect();
        if !of.contains(&true) {
            return;
        }
        let whereabouts = match self.in_storage(columns, at.1) {
            Truth::True => Whereabouts::Stored,
            Truth::Unknown => Whereabouts::Unclear,
            Truth::False => self.beside_lines(telling, columns, at),
        };
        let number = record.quantity.as_ref().map_or(1, |quantity| quantity.number.low);
        for (item, _) in self.items.iter_mut().zip(of).filter(|(_, of)| *of) {
            item.see(whereabouts, number, &record.id);
        }
    }

    /// Whether a row was where it is to be stored.
    fn in_storage(&mut self, columns: &RecordColumns<'_>, row: usize) -> Truth {
        if self.sites.is_empty() {
            return Truth::Unknown;
        }
        let (units, standard) = (self.running.units, self.agreement.standard_of_proof);
        let each = self.sites.iter_mut().map(|site| {
            let on_it =
                site.ground.as_ref().map(|ground| over(ground, columns, row, units, standard, &mut site.measured));
            match (is_called(columns, row, site.name), on_it) {
                // The name says one thing and the place another.
                (true, Some(Truth::False)) => Truth::Unknown,
                (true, _) => Truth::True,
                (false, on_it) => on_it.unwrap_or(Truth::Unknown),
            }
        });
        each.fold(Truth::False, Truth::or)
    }

    /// Where something outside was, beside the lines that are drawn for it.
    fn beside_lines(&mut self, telling: Telling<'_>, columns: &RecordColumns<'_>, at: At) -> Whereabouts {
        let (mut drawn, mut beyond, mut breach) = (false, true, false);
        let Some(adherence) = self.lines.first().map(|line| &line.adherence) else {
            return Whereabouts::NoLine;
        };
        let known = self.names.take().filter(|(batch, _)| *batch == at.0);
        let (batch, names) = known.unwrap_or_else(|| (at.0, Rc::new(Names::of(columns, self.agreement, adherence))));
        for line in &self.lines {
            if !line.judges() {
                (drawn, beyond) = (true, false);
                continue;
            }
            let bench = Bench::new(line, columns, Rc::clone(&names), (self.running.units, &mut self.placings));
            let mut judgement: Judgement = bench.judge(at.1, telling.within, true, &mut self.placings);
            judgement.support(self.ladder.judge(at, line, judgement.candidates));
            let truth = |dimension: Dimension| judgement.points.get(dimension as usize).map(|point| point.truth);
            breach |= judgement.verdict == Verdict::Breach;
            if truth(Dimension::Weapon) != Some(Truth::False) {
                drawn = true;
                beyond &= truth(Dimension::Place) == Some(Truth::False);
            }
        }
        self.names = Some((batch, names));
        match (breach, drawn, beyond) {
            (true, ..) => Whereabouts::InBreach,
            (false, false, _) => Whereabouts::NoLine,
            (false, true, true) => Whereabouts::Beyond,
            (false, true, false) => Whereabouts::NotBeyond,
        }
    }
}

/// Whether what a record counts is all of one item, and none of another.
fn is_all_of(telling: Telling<'_>, items: &[Holding], index: usize) -> bool {
    let systems = &telling.agreement.systems;
    match telling.things().as_slice() {
        [] => items.len() == 1,
        [name] => items.iter().enumerate().all(|(other, item)| {
            if other == index { item.what.is_called(name) } else { item.what.holds(systems, name) == Some(false) }
        }),
        _ => false,
    }
}

impl Gathered {
    /// Nought of something was not seen.
    fn see(&mut self, at: Whereabouts, number: u32, id: &str) {
        if number > 0 {
            let (most, by) = self.seen.entry(at).or_default();
            *most = (*most).max(u64::from(number));
            by.insert(id.to_owned());
        }
    }

    fn account(mut self, holding: &Holding, stock: &Inventory, notices: &[Notice], window: (i64, i64)) -> ItemAccount {
        // Of several, those that none follows; nobody knows which was the last.
        let latest = self.counts.iter().map(|count| count.from).max().unwrap_or(i64::MIN);
        self.counts.retain(|count| count.until > latest);
        let counted = last(&self.counts, holding.number);
        let since = counted.as_ref().map_or(i64::MIN, |count| count.until);
        let verified = match counted.as_ref().map(|count| count.missing) {
            None => Verified::NotVerified,
            Some(Between { least: 1.., .. }) => Verified::Missing,
            Some(Between { most: Some(0), .. }) => Verified::AllThere,
            Some(_) => Verified::CannotTell,
        };
        let seen = Whereabouts::ALL.map(|at| {
            let (most, by) = self.seen.remove(&at).unwrap_or_default();
            Sighted { most, by: by.into_iter().collect() }
        });
        let refused = notices.iter().filter(|notice| {
            notice.from < window.1 && notice.to > window.0 && notice.to > since && refuses(notice, stock)
        });
        let mut refused: Vec<String> = refused.map(|notice| notice.id.clone()).collect();
        refused.sort();
        ItemAccount { verified, counted, seen, refused }
    }
}

fn last(counts: &[Count], declared: u32) -> Option<StockCount> {
    let low = counts.iter().map(|count| count.number.low).min()?;
    let high = counts.iter().map(|count| count.number.high).max()?;
    let missing = |of: u32| u64::from(declared.saturating_sub(of));
    let mut by: Vec<String> = counts.iter().map(|count| count.id.clone()).collect();
    by.sort();
    Some(StockCount {
        from: counts.iter().map(|count| count.from).min()?,
        until: counts.iter().map(|count| count.until).max()?,
        number: Between { least: u64::from(low), most: Some(u64::from(high)) },
        missing: Between { least: missing(high), most: Some(missing(low)) },
        by,
    })
}

/// Whether a report says that access to the inventory was limited or denied.
fn refuses(notice: &Notice, stock: &Inventory) -> bool {
    let Record { place_name, .. } = &notice.record;
    let at_a_site = |place: &String| stock.stored_at.iter().any(|site| same(site, place));
    notice.kind == Kind::Access
        && matches!(notice.effect, Effect::AccessLimited | Effect::AccessDenied)
        && (notice.subject.contains(&stock.name) || place_name.as_ref().is_some_and(at_a_site))
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.trim().to_lowercase()
}
