//! So many, and no more or no fewer.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Clock, Force, Posts, Zone};
use crate::weapons::{self, System, Weapon};

/// A number that must not be passed, or must be reached.
#[derive(Clone, Debug)]
pub struct Limit {
    /// What is done with so many.
    pub dealing: Dealing,
    /// Whether it is the most, or the least.
    pub bound: Bound,
    /// How many.
    pub number: u32,
    /// Of what it is a share, if it is one: `30 % of Declared`.
    pub share: Option<String>,
    /// What is counted.
    pub what: What,
    /// In each day, week or month; at any time, or up to the deadline, if not
    /// said.
    pub per: Option<Per>,
    /// At each post, if that is said; else in all.
    pub posts: Option<Posts>,
    /// On which ground; anywhere if not said.
    pub within: Option<Zone>,
    /// Whether it is to be reached by a time.
    pub due: bool,
    /// The last instant to reach it; none where it hangs on what happens, which is
    /// then a condition.
    pub deadline: Option<Timestamp>,
}

/// The most, or the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `at most`.
    AtMost,
    /// `at least`, or nothing.
    AtLeast,
}

impl Bound {
    /// `at most`, `at least`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::AtMost => "at most",
            Self::AtLeast => "at least",
        }
    }
}

/// What is done with what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dealing {
    /// `keep`, `hold`, `deploy`, `store`: being somewhere.
    Keep,
    /// `allow`: letting through.
    Allow,
    /// `deliver`, `provide`.
    Deliver,
    /// `release`.
    Release,
    /// `hand over`, `lay down`.
    HandOver,
    /// `withdraw`.
    Withdraw,
    /// `fly`.
    Fly,
    /// `recruit`.
    Recruit,
    /// `disband`.
    Disband,
    /// `clear mines`.
    ClearMines,
    /// `meet`.
    Meet,
    /// `report`.
    Report,
    /// To last so many hours: only a count about the clause tells.
    Last,
}

impl Dealing {
    /// Every verb that takes a number, with what it comes to.
    pub const VERBS: &'static [(&'static str, Self)] = &[
        ("keep", Self::Keep),
        ("hold", Self::Keep),
        ("deploy", Self::Keep),
        ("store", Self::Keep),
        ("allow", Self::Allow),
        ("deliver", Self::Deliver),
        ("provide", Self::Deliver),
        ("release", Self::Release),
        ("hand over", Self::HandOver),
        ("lay down", Self::HandOver),
        ("withdraw", Self::Withdraw),
        ("fly", Self::Fly),
        ("recruit", Self::Recruit),
        ("disband", Self::Disband),
        ("clear mines", Self::ClearMines),
        ("meet", Self::Meet),
        ("report", Self::Report),
    ];

    /// The dealing of a verb.
    #[must_use]
    pub fn of_verb(verb: &str) -> Option<Self> {
        Self::VERBS.iter().find(|(word, _)| *word == verb).map(|(_, dealing)| *dealing)
    }

    /// Its plainest verb.
    #[must_use]
    pub fn verb(self) -> &'static str {
        let plainest = Self::VERBS.iter().find(|(_, dealing)| *dealing == self);
        plainest.map_or("last", |(word, _)| word)
    }
}

/// What is counted: weapons, or things by their names.
#[derive(Clone, Debug, PartialEq)]
pub struct What {
    /// As it is written.
    pub words: String,
    /// Classes, kinds and makes of weapons.
    pub weapons: Vec<Weapon>,
    /// Anything else, by name.
    pub things: Vec<String>,
}

impl What {
    /// Whether a name in a record is of what is counted: yes, no, or it cannot
    /// be said.
    #[must_use]
    pub fn holds(&self, systems: &[System], name: &str) -> Option<bool> {
        let things = self.things.iter().map(|thing| same_thing(thing, name));
        let armed = (!self.weapons.is_empty()).then(|| weapons::matches(&self.weapons, systems, name));
        let each: Vec<Option<bool>> = things.chain(armed).collect();
        if each.contains(&Some(true)) {
            Some(true)
        } else if each.contains(&None) {
            None
        } else {
            Some(false)
        }
    }
}

impl What {
    /// Whether a name is what all of it is called, and not only something of it:
    /// a count of *T-72* is none of all *tanks*.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        plain(self.words.trim_matches('"')) == plain(name)
    }
}

/// Words for the members of forces, which count as one.
const PERSONNEL: &[&str] = &["personnel", "troop", "soldier", "men", "servicemen", "military personnel"];

/// Whether two names are of one thing, without regard to case and plural: `Truck`
/// is `trucks`, `fuel trucks` may be.
fn same_thing(one: &str, other: &str) -> Option<bool> {
    let (one, other) = (plain(one), plain(other));
    if one == other {
        return Some(true);
    }
    let shared = one.split(' ').any(|word| other.split(' ').any(|o| o == word));
    if shared { None } else { Some(false) }
}

fn plain(name: &str) -> String {
    let words = name.split_whitespace().map(|word| {
        let word = word.to_lowercase();
        word.strip_suffix('s').filter(|stem| stem.len() > 2).map_or(word.clone(), str::to_owned)
    });
    let plain = words.collect::<Vec<_>>().join(" ");
    if PERSONNEL.contains(&plain.as_str()) { "personnel".to_owned() } else { plain }
}

/// A stretch of time that comes again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// `a day`: from the agreement's day boundary to the next.
    Day,
    /// `a week`: seven days, counted from the day on which the term begins.
    Week,
    /// `a month`: from the day of the month on which the term begins.
    Month,
}

impl Per {
    /// `day`, `week`, `month`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The first day of the `n`th stretch after the one that begins on `anchor`.
    #[must_use]
    pub fn begins(self, anchor: Date, n: i32) -> Option<Date> {
        let span = jiff::Span::new();
        let span = match self {
            Self::Day => span.try_days(n),
            Self::Week => span.try_weeks(n),
            Self::Month => span.try_months(n),
        };
        anchor.checked_add(span.ok()?).ok()
    }

    /// The stretch that a day lies in.
    #[must_use]
    pub fn number(self, anchor: Date, day: Date) -> Option<i32> {
        let days = day.since(anchor).ok()?.get_days();
        match self {
            Self::Day => Some(days),
            Self::Week => Some(days.div_euclid(7)),
            Self::Month => {
                let months = i32::from(day.year() - anchor.year()) * 12 + i32::from(day.month() - anchor.month());
                // A month that has no such day begins on its last.
                let begun = self.begins(anchor, months)? <= day;
                Some(if begun { months } else { months - 1 })
            }
        }
    }
}

impl Limit {
    /// The day from which weeks and months are counted.
    #[must_use]
    pub fn anchor(clock: &Clock, force: &Force) -> Option<Date> {
        force.from.as_ref().ok().map(|from| clock.day_of(*from))
    }
}
