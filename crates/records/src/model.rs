//! One record in row form: what a source says happened, and how well it knows.

use armistice_geodesy::{Metres, Position, Radius95};
use jiff::{Timestamp, civil};

/// One thing a source says, with everything needed to weigh it.
///
/// A record is what was *reported*; nothing here says that it is true, or that
/// it breaches anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Stable name of the record across releases: source, hyphen, the source's
    /// own id (`ged-227759`).
    pub id: String,
    /// What sort of record it is.
    pub kind: Kind,
    /// When it happened: the reported interval.
    pub happened: When,
    /// How well the source knew when.
    pub time_precision: TimePrecision,
    /// When this version of the record became known, if the source says. A later
    /// version supersedes an earlier one; nothing is erased.
    pub known: Option<Timestamp>,
    /// Where it happened.
    pub place: Place,
    /// The source's own words for the place.
    pub place_name: Option<String>,
    /// First-order administrative unit, as the source names it.
    pub admin1: Option<String>,
    /// Country, as the source names it.
    pub country: Option<String>,
    /// Actors on the one side, as the source names them.
    pub side_a: Vec<String>,
    /// Actors on the other side, or those acted upon.
    pub side_b: Vec<String>,
    /// Whether the source says who acted on whom.
    pub direction: Direction,
    /// What was done.
    pub act: Act,
    /// Weapons the source names; empty when it names none (which is not the
    /// same as none having been used).
    pub weapons: Vec<String>,
    /// People killed.
    pub deaths: Option<Estimate>,
    /// Civilians among them, the source's best estimate.
    pub civilian_deaths: Option<u32>,
    /// How many people or things it was: seen, delivered, released, counted.
    pub quantity: Option<Quantity>,
    /// How high above the ground, from and to.
    pub height: Option<(Metres, Metres)>,
    /// Whether the source is clear about the event itself.
    pub clarity: Clarity,
    /// How many sources the record rests on.
    pub sources: Option<u32>,
    /// Reliability of the source.
    pub reliability: Option<Reliability>,
    /// Credibility of the content.
    pub credibility: Option<Credibility>,
    /// The origins that the record rests on. Sources that share an origin share
    /// a group: reprints corroborate nothing.
    pub independence_groups: Vec<String>,
    /// A name for what happened, where several records tell of one event: a name
    /// of its own, or the id of another record.
    pub event: Option<String>,
    /// What a decision, notification, access report or claim says.
    pub message: Option<Message>,
    /// A sentence for people: a headline, an observer's remark.
    pub note: Option<String>,
    /// The row it was read from.
    pub origin: Origin,
}

/// Codes with a stable number (for the Arrow column) and word (for JSON).
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every value, in code order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The number written to the Arrow column.
            #[must_use]
            pub const fn code(self) -> u8 {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The value of a column's number.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The word used in JSON, in reports and in the documentation.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let word = String::deserialize(d)?;
                Self::from_word(&word).ok_or_else(|| {
                    serde::de::Error::unknown_variant(&word, &[$($word),+])
                })
            }
        }
    };
}

codes! {
    /// What sort of record it is.
    Kind {
        /// Something happened: shelling, a clash, a killing.
        Incident = 1 "incident",
        /// Somebody saw a force or a weapon somewhere.
        Sighting = 2 "sighting",
        /// A site or a stock was looked at on purpose.
        Inspection = 3 "inspection",
        /// A party told the others something beforehand or afterwards.
        Notification = 4 "notification",
        /// Who could look where, and when.
        Access = 5 "access",
        /// A body or guarantor decided: renewal, end, suspension, certificate.
        Decision = 6 "decision",
        /// A source's own total for a window ("23 violations on day one").
        Claim = 7 "claim",
        /// A source takes records back that it had published.
        Retraction = 8 "retraction",
    }
}

codes! {
    /// How well a source knew when.
    TimePrecision {
        /// To the minute or better.
        Moment = 1 "moment",
        /// The day.
        Day = 2 "day",
        /// Some days within a week.
        Days = 3 "days",
        /// A week.
        Week = 4 "week",
        /// More than a week, up to a month.
        Month = 5 "month",
        /// More than a month.
        Longer = 6 "longer",
    }
}

codes! {
    /// Whether the source says who acted on whom.
    Direction {
        /// Two sides fought; the record does not say who acted.
        Undirected = 1 "undirected",
        /// Side A acted, side B was acted upon.
        AOnB = 2 "a on b",
    }
}

codes! {
    /// What was done. The agreement language uses the same words.
    Act {
        /// Armed force between organised sides, means not further known.
        Attack = 1 "attack",
        /// Armed force used deliberately against civilians.
        AttackCivilians = 2 "attack civilians",
        /// A force or weapon stood somewhere.
        Presence = 3 "presence",
        /// Ground was taken.
        TerritoryGain = 4 "territory gain",
        /// Forces were strengthened.
        Reinforcement = 5 "reinforcement",
        /// Reconnaissance.
        Reconnaissance = 6 "reconnaissance",
        /// A flight.
        Flight = 7 "flight",
        /// Mines were laid.
        MineLaying = 8 "mine laying",
        /// Positions were built or improved.
        Fortification = 9 "fortification",
        /// Fighters were recruited.
        Recruitment = 10 "recruitment",
        /// Hostile propaganda.
        Propaganda = 11 "propaganda",
        /// Arrest or detention.
        Arrest = 12 "arrest",
        /// Aid was stopped, searched or delayed.
        AidObstruction = 13 "aid obstruction",
        /// Monitors were hindered.
        MonitorInterference = 14 "monitor interference",
        /// Signals were jammed.
        Jamming = 15 "jamming",
        /// Forces moved.
        Movement = 16 "movement",
        /// Forces or weapons were withdrawn.
        Withdrawal = 17 "withdrawal",
        /// Aid was delivered.
        AidDelivery = 18 "aid delivery",
        /// People or goods were let through.
        Passage = 19 "passage",
        /// Prisoners or hostages were released.
        Release = 20 "release",
        /// Weapons were handed over or laid down.
        HandOver = 21 "weapons handed over",
        /// A force was disbanded.
        Disbandment = 22 "disbandment",
        /// Those concerned met.
        Meeting = 23 "meeting",
        /// A report was given.
        Report = 24 "report",
        /// Mines were cleared.
        MineClearance = 25 "mine clearance",
        /// Ground that others had vacated was occupied.
        Occupation = 26 "occupation",
        /// Hostages were taken.
        HostageTaking = 27 "hostage taking",
        /// A place was shut in, or kept so.
        Siege = 28 "siege",
        /// Forces or weapons were brought into position.
        Deployment = 29 "deployment",
        /// Something else, described in the note.
        Other = 255 "other",
    }
}

codes! {
    /// Whether the source is clear about the event itself.
    Clarity {
        /// Clear enough for the source to identify one event.
        Clear = 1 "clear",
        /// Partly aggregated or inferred by the source.
        Unclear = 2 "unclear",
        /// The source does not say.
        Unstated = 3 "unstated",
    }
}

codes! {
    /// How far a source can be relied on, judged apart from what it says
    /// (the first axis of the Admiralty code).
    Reliability {
        /// A: consistently accurate.
        A = 1 "A",
        /// B: mostly accurate.
        B = 2 "B",
        /// C: sometimes accurate.
        C = 3 "C",
        /// D: often inaccurate.
        D = 4 "D",
        /// E: inaccurate.
        E = 5 "E",
        /// F: no basis to judge.
        F = 6 "F",
    }
}

codes! {
    /// How far the content can be believed, judged apart from its source
    /// (the second axis of the Admiralty code).
    Credibility {
        /// 1: confirmed independently.
        Confirmed = 1 "1",
        /// 2: likely.
        Likely = 2 "2",
        /// 3: possible.
        Possible = 3 "3",
        /// 4: unlikely.
        Unlikely = 4 "4",
        /// 5: very unlikely.
        VeryUnlikely = 5 "5",
        /// 6: no basis to judge.
        NoBasis = 6 "6",
    }
}

codes! {
    /// What a decision, notification, access report or claim does.
    Effect {
        /// The provision or agreement runs on, until [`Message::until`].
        Renewed = 1 "renewed",
        /// It no longer binds, from the moment the decision was taken.
        Ended = 2 "ended",
        /// It does not bind until resumed.
        Suspended = 3 "suspended",
        /// It binds again.
        Resumed = 4 "resumed",
        /// A gate or period is certified.
        Certified = 5 "certified",
        /// An exception is claimed for the records named as subject.
        ExceptionClaimed = 6 "exception claimed",
        /// Monitors could look freely.
        AccessFull = 7 "access full",
        /// Monitors could look in part.
        AccessLimited = 8 "access limited",
        /// Monitors were kept out.
        AccessDenied = 9 "access denied",
        /// A total of violations is stated.
        ViolationsCounted = 10 "violations counted",
        /// Advance notice of an act.
        Notified = 11 "notified",
        /// An offer or wish that changes nothing by itself.
        Proposed = 12 "proposed",
        /// A duty was found carried out.
        FoundDone = 13 "found done",
        /// A duty was found not carried out.
        FoundNotDone = 14 "found not done",
        /// The records named as subject are taken back.
        Withdrawn = 15 "withdrawn",
        /// Somebody says that what the records named as subject tell did not happen.
        Denied = 16 "denied",
        /// An act was allowed beforehand by those who may allow it.
        Authorised = 17 "authorised",
        /// A duty was begun.
        Begun = 18 "begun",
        /// A number is stated, for the window of the record, about the clauses
        /// named as subject ([`Message::count`]).
        Counted = 19 "counted",
        /// Somebody accepted to be bound.
        Accepted = 20 "accepted",
        /// Somebody ceased to be bound, of their own will.
        Left = 21 "left",
        /// Those named were put on a list.
        Listed = 22 "listed",
        /// Those named were taken off it.
        Delisted = 23 "delisted",
    }
}

/// A reported interval, half open: `from` is in it, `until` is not.
///
/// A source that writes "12 September" means a civil day somewhere, not an
/// instant; it stays civil until an agreement says in which time zone its
/// parties live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Instants.
    Utc {
        /// First instant.
        from: Timestamp,
        /// First instant after.
        until: Timestamp,
    },
    /// Wall-clock times, read in the agreement's time zone.
    Local {
        /// First wall-clock time.
        from: civil::DateTime,
        /// First wall-clock time after.
        until: civil::DateTime,
    },
}

/// Where a record is placed, as honestly as its source allows.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// Around a point: the true place lies within `radius` with 95 % probability.
    Point {
        /// The reported point.
        at: Position,
        /// 95 % radius.
        radius: Radius95,
    },
    /// Seen from somewhere, in a direction and at a distance.
    Sector {
        /// Where the observer stood.
        observer: Position,
        /// Degrees clockwise from true north, from and to.
        bearing: (f64, f64),
        /// Nearest and farthest distance.
        range: (Metres, Metres),
    },
    /// Somewhere within a named unit.
    Area {
        /// The unit's name.
        name: String,
        /// The point the source reports for it, which is only a label.
        label: Option<Position>,
        /// How large a unit it is.
        level: AreaLevel,
    },
    /// The source does not say, or only that it was in the country or at sea.
    Unknown,
}

codes! {
    /// How large an administrative unit is.
    AreaLevel {
        /// Second-order unit: a district.
        Admin2 = 1 "second-order unit",
        /// First-order unit: a governorate or province.
        Admin1 = 2 "first-order unit",
        /// A line, a stretch of river or an ill-defined area.
        Fuzzy = 3 "fuzzy area",
        /// A whole country.
        Country = 4 "country",
        /// International waters or airspace.
        International = 5 "international waters or airspace",
    }
}

/// A number with its honest spread. Never averaged, never shown without its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The source's lowest figure.
    pub low: u32,
    /// The source's best figure.
    pub best: u32,
    /// The source's highest figure.
    pub high: u32,
}

/// How many, of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// How many.
    pub number: Estimate,
    /// Of what, as the source names it; if it does not, of the weapons that the
    /// record names, all together.
    pub of: Option<String>,
}

/// What a decision, notification, access report or claim says.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// What it does.
    pub effect: Effect,
    /// The clause ids, gate names or record ids it is about; empty: the whole
    /// agreement.
    pub subject: Vec<String>,
    /// Until when, for a renewal.
    pub until: Option<Timestamp>,
    /// A stated total, for a claim or a count.
    pub count: Option<Estimate>,
    /// How the members of a body voted, as far as it is recorded.
    pub votes: Votes,
}

/// How the members of a body took a decision. Who is named in none of the three
/// is not recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// Who agreed.
    pub in_favour: Vec<String>,
    /// Who dissented.
    pub opposed: Vec<String>,
    /// Who was not there.
    pub absent: Vec<String>,
}

/// The row a record was read from, so that anyone can check the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The data set, with its release ("UCDP GED Syria r652.1601.1911").
    pub dataset: String,
    /// The file's name, without folders.
    pub file: String,
    /// The line its row begins on, counted from 1.
    pub line: u32,
    /// SHA-256 of the row's bytes without its line ending.
    pub sha256: [u8; 32],
    /// The row itself; absent where a file was written without it.
    pub row: Option<String>,
}
