//! Rows alike in all that judging looks at but their place.
//!
//! Sources use some hundreds of names and a handful of acts and weapons, and the
//! clauses of an agreement begin and end on some days: what the points of time,
//! act, actor and weapon come to is worked out once for each combination that
//! occurs, by judging the first row that has it, and looked up for all others.
//! This is what makes the cost of a record hardly depend on how many provisions
//! there are.

use std::hash::BuildHasher;

use armistice_records::{Kind, RecordColumns, WordColumn};
use arrow_array::Array;
use hashbrown::{DefaultHashBuilder, HashTable};

use crate::counting;
use crate::reason::Reason;
use crate::variant::Variant;

/// More combinations than this are not kept; rows of others are judged by
/// themselves. The largest data sets have some thousands.
const MOST_COMBINATIONS: usize = 1 << 16;

/// More distinct texts of one column than this are not kept, either.
const MOST_TEXTS: usize = 1 << 16;

/// Every combination that has occurred, and what it comes to under some
/// variants. Good for these alone.
#[derive(Debug, Default)]
pub(crate) struct Alike {
    variants: usize,
    /// All seconds at which anything that is judged by changes.
    cuts: Vec<i64>,
    texts: [Texts; 3],
    hasher: DefaultHashBuilder,
    by_key: HashTable<usize>,
    keys: Vec<Key>,
    /// Per combination and variant: what puts its rows out of scope wherever they
    /// were.
    against: Vec<Option<Reason>>,
    /// Per combination: the variants under which its rows hang on their place, as
    /// a range of `open`.
    hang: Vec<(usize, usize)>,
    open: Vec<usize>,
    /// Per combination: rows counted and not yet passed on.
    rows: Vec<u64>,
    counted: Vec<usize>,
}

/// All of a row that judging looks at, but its place; and the stretch of time in
/// which it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    sides: (u32, u32),
    weapons: u32,
    stretch: u32,
    /// Kind, act, direction, and what its numbers say.
    codes: [u8; 4],
}

/// The distinct texts of one column, over all batches.
#[derive(Debug, Default)]
struct Texts {
    known: std::collections::HashMap<String, u32>,
}

impl Texts {
    /// Per distinct text of a batch, its number.
    fn numbers(&mut self, column: &WordColumn<'_>) -> Vec<Option<u32>> {
        let mut number = |text: &str| {
            if let Some(known) = self.known.get(text) {
                return Some(*known);
            }
            let next = u32::try_from(self.known.len()).ok().filter(|_| self.known.len() < MOST_TEXTS)?;
            self.known.insert(text.to_owned(), next);
            Some(next)
        };
        column.names.iter().map(|text| number(text.unwrap_or_default())).collect()
    }
}

/// The numbers of a batch's texts.
pub(crate) struct Numbered {
    a: Vec<Option<u32>>,
    b: Vec<Option<u32>>,
    weapons: Vec<Option<u32>>,
}

/// A combination that has been judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Combination(usize);

/// What is known of a row's combination.
pub(crate) enum Known {
    /// It has been judged.
    Judged(Combination),
    /// It has not: judge this row and `learn` from it.
    New(Unlearnt),
    /// The row must be judged by itself.
    Alone,
}

/// A combination that has not been judged yet.
pub(crate) struct Unlearnt(Key);

/// The number of no text.
const NOBODY: u32 = u32::MAX;

impl Alike {
    /// Nothing judged yet, under these variants.
    pub(crate) fn under<'v>(variants: impl Iterator<Item = &'v Variant<'v>> + Clone) -> Self {
        let mut cuts: Vec<i64> = variants.clone().flat_map(Variant::cuts).collect();
        cuts.sort_unstable();
        cuts.dedup();
        Self { variants: variants.count(), cuts, ..Self::default() }
    }

    pub(crate) fn number(&mut self, columns: &RecordColumns<'_>) -> Numbered {
        let [a, b, weapons] = &mut self.texts;
        Numbered {
            a: a.numbers(&columns.side_a),
            b: b.numbers(&columns.side_b),
            weapons: weapons.numbers(&columns.weapons),
        }
    }

    /// What is known of a row that happened within `when`.
    pub(crate) fn find(&self, numbered: &Numbered, columns: &RecordColumns<'_>, row: usize, when: (i64, i64)) -> Known {
        let Some(key) = self.key(numbered, columns, row, when) else {
            return Known::Alone;
        };
        let found = self.by_key.find(self.hasher.hash_one(key), |&at| self.keys.get(at) == Some(&key));
        match found {
            Some(at) => Known::Judged(Combination(*at)),
            None if self.keys.len() < MOST_COMBINATIONS => Known::New(Unlearnt(key)),
            None => Known::Alone,
        }
    }

    /// Keeps what a combination comes to under each variant: what is against all
    /// its rows, or nothing.
    pub(crate) fn learn(&mut self, key: Unlearnt, against: impl Iterator<Item = Option<Reason>>) -> Combination {
        let at = self.keys.len();
        let hasher = &self.hasher;
        let keys = &self.keys;
        self.by_key.insert_unique(hasher.hash_one(key.0), at, |&other| hasher.hash_one(keys.get(other)));
        self.keys.push(key.0);
        let first = self.open.len();
        for (variant, reason) in against.take(self.variants).enumerate() {
            self.against.push(reason);
            if reason.is_none() {
                self.open.push(variant);
            }
        }
        self.hang.push((first, self.open.len()));
        self.rows.push(0);
        Combination(at)
    }

    /// The variants under which a row hangs on its place, or on more.
    pub(crate) fn open(&self, Combination(at): Combination) -> &[usize] {
        let range = self.hang.get(at).map_or(0..0, |(first, end)| *first..*end);
        self.open.get(range).unwrap_or_default()
    }

    /// Counts a row under all variants that do not leave it open.
    pub(crate) fn count(&mut self, Combination(at): Combination) {
        if let Some(rows) = self.rows.get_mut(at) {
            if *rows == 0 {
                self.counted.push(at);
            }
            *rows += 1;
        }
    }

    /// Passes on what was counted: variant, what was against it, and how many rows.
    pub(crate) fn pass_on(&mut self, mut each: impl FnMut(usize, Reason, u64)) {
        for at in std::mem::take(&mut self.counted) {
            let rows = self.rows.get_mut(at).map(std::mem::take).unwrap_or_default();
            let all = self.against.get(at * self.variants..(at + 1) * self.variants).unwrap_or_default();
            for (variant, reason) in all.iter().enumerate() {
                if let Some(reason) = reason {
                    each(variant, *reason, rows);
                }
            }
        }
    }

    /// All that is looked at, if it is no more than a combination holds: an
    /// incident or a sighting that happened between two cuts.
    fn key(&self, numbered: &Numbered, c: &RecordColumns<'_>, row: usize, when: (i64, i64)) -> Option<Key> {
        let kind = *c.kind.get(row)?;
        let plain = kind == Kind::Incident.code() || kind == Kind::Sighting.code();
        if !plain || c.effect.is_valid(row) {
            return None;
        }
        let stretch = self.cuts.partition_point(|cut| *cut <= when.0);
        if self.cuts.get(stretch).is_some_and(|cut| *cut < when.1) {
            return None;
        }
        let text = |column: &WordColumn<'_>, numbers: &[Option<u32>]| {
            if column.keys.is_null(row) {
                return Some(NOBODY);
            }
            numbers.get(usize::try_from(column.keys.value(row)).ok()?).copied().flatten()
        };
        let killed = c.civilian_deaths.is_valid(row) && c.civilian_deaths.value(row) > 0;
        let anything = counting::any(c, row).0;
        Some(Key {
            sides: (text(&c.side_a, &numbered.a)?, text(&c.side_b, &numbered.b)?),
            weapons: text(&c.weapons, &numbered.weapons)?,
            stretch: u32::try_from(stretch).ok()?,
            codes: [kind, *c.act.get(row)?, *c.direction.get(row)?, u8::from(killed) * 4 + anything as u8],
        })
    }
}
