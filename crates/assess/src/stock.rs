//! Inventories: how many of what was declared were counted, how many are
//! missing, and where of the holder's anything was seen.

use std::collections::BTreeSet;

use armistice_records::RecordColumns;

use crate::evidence::Notice;
use crate::exchange::Between;
use crate::ledger::{Ledger, is_line};
use crate::running::{Running, naming, projected};
use crate::sources::Ladder;

/// Where something was seen that may be what was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whereabouts {
    /// Where it is to be stored.
    Stored,
    /// Whether there, cannot be told.
    Unclear,
    /// Elsewhere, in recorded breach of a withdrawal line.
    InBreach,
    /// Elsewhere, beyond every withdrawal line.
    Beyond,
    /// Elsewhere, not surely beyond them, and no breach is recorded.
    NotBeyond,
    /// Elsewhere, and the text has no line for it.
    NoLine,
}

impl Whereabouts {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Stored, Self::Unclear, Self::InBreach, Self::Beyond, Self::NotBeyond, Self::NoLine];

    /// The words for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stored => "in storage",
            Self::Unclear => "whether in storage, cannot be told",
            Self::InBreach => "outside storage, in recorded breach of a withdrawal line",
            Self::Beyond => "outside storage, beyond the withdrawal lines",
            Self::NotBeyond => "outside storage, not surely beyond the withdrawal lines, no breach recorded",
            Self::NoLine => "outside storage, where no withdrawal line is drawn for it",
        }
    }
}

/// What was seen somewhere: numbers are never added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sighted {
    /// The most that one record tells of at least.
    pub most: u64,
    /// The records, by id.
    pub by: Vec<String>,
}

/// What the last counts of all of an item told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockCount {
    /// When they were made: first second …
    pub from: i64,
    /// … and the first second after the last.
    pub until: i64,
    /// How many there were.
    pub number: Between,
    /// How many of those declared were missing.
    pub missing: Between,
    /// The counts, by id: of several nobody knows which was the last.
    pub by: Vec<String>,
}

/// Whether what was declared was there when it was last counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verified {
    /// No count of all of it is on record.
    NotVerified,
    /// There were as many as declared.
    AllThere,
    /// There were fewer.
    Missing,
    /// Nobody can tell from the counts.
    CannotTell,
}

impl Verified {
    /// The word for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotVerified => "not verified",
            Self::AllThere => "none missing",
            Self::Missing => "missing",
            Self::CannotTell => "cannot tell",
        }
    }
}

/// What the records tell of one item of an inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemAccount {
    /// Whether it was all there.
    pub verified: Verified,
    /// The last count of all of it.
    pub counted: Option<StockCount>,
    /// Where any was seen, in the order of [`Whereabouts::ALL`].
    pub seen: [Sighted; 6],
    /// The reports that access was limited or denied, not before the last count.
    pub refused: Vec<String>,
}

/// An inventory under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockAccount {
    /// Which alternative the reading takes of each question it may hang on.
    pub answers: Vec<(usize, usize)>,
    /// Item by item.
    pub items: Vec<ItemAccount>,
}

/// Every inventory, under each reading.
pub(crate) fn stocks(
    running: &Running<'_, '_>,
    (views, ladder): (&[RecordColumns<'_>], &Ladder<'_>),
    notices: &[Notice],
) -> Vec<Vec<StockAccount>> {
    let inventories = running.checked.agreement().inventories.iter().enumerate();
    inventories
        .map(|(number, stock)| {
            let depends = depends(running, number);
            let mut seen = BTreeSet::new();
            let mut accounts = Vec::new();
            for reading in &running.checked.readings {
                let mine = reading.agreement.inventories.get(number).filter(|other| other.name == stock.name);
                let answers = projected(reading, &depends);
                if let (Some(mine), true) = (mine, seen.insert(answers.clone())) {
                    let items = Ledger::new((running, ladder), reading, mine).items(views, notices);
                    accounts.push(StockAccount { answers, items });
                }
            }
            accounts
        })
        .collect()
}

/// The brackets that may matter to an inventory: its own, those of whoever may
/// hold or tell anything, of what things are called, of its sites and of lines.
fn depends(running: &Running<'_, '_>, number: usize) -> BTreeSet<usize> {
    let mut all = naming(running.checked);
    for reading in &running.checked.readings {
        let agreement = &reading.agreement;
        let Some(stock) = agreement.inventories.get(number) else {
            continue;
        };
        all.extend(&stock.depends);
        all.extend(agreement.systems.iter().flat_map(|system| system.depends.union(&system.calibre_depends)));
        let sites = agreement.places.iter().filter(|place| stock.stored_at.contains(&place.name));
        all.extend(sites.flat_map(|place| &place.depends));
    }
    let lines = running.variants.iter().filter(|variant| is_line(variant));
    all.extend(lines.flat_map(|variant| variant.answers.iter().map(|(question, _)| question)));
    all
}
