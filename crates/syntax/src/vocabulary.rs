//! Every statement, clause and verb of the language, in tables.
//!
//! The parser reads these tables, the book is tested against them, and
//! did-you-mean draws on them: a word is in the language if and only if it is
//! here.

/// A kind of statement, known by the word it begins with.
#[derive(Clone, Copy, Debug)]
pub struct StatementForm {
    /// The word.
    pub lead: &'static str,
    /// What stands between the word and the clauses.
    pub head: &'static [Operand],
    /// The clauses it may have, by their first words.
    pub clauses: &'static [&'static str],
    /// An example, which the tests parse.
    pub example: &'static str,
}

/// A clause: some words, and what must follow them.
#[derive(Clone, Copy, Debug)]
pub struct ClauseForm {
    /// The words, separated by one space.
    pub words: &'static str,
    /// What follows.
    pub operands: &'static [Operand],
}

/// What can stand in a place of a clause or a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A name being declared.
    NewName,
    /// A quoted text.
    Text,
    /// A quoted text, or none.
    OptionalText,
    /// One declared name or several, with `together` if they act as one.
    Names,
    /// Clause ids.
    Clauses,
    /// One clause id and a title.
    ClauseTitle,
    /// A moment: a date, a date and a time, a declared moment, plus or minus a duration.
    Instant,
    /// Coordinates: degrees north or south, and east or west.
    Coordinates,
    /// `is`, then a moment.
    IsInstant,
    /// A length of time.
    Duration,
    /// A length of ground.
    Distance,
    /// A time of day.
    TimeOfDay,
    /// A time of day, `to`, a time of day.
    Hours,
    /// A time zone's name.
    Zone,
    /// A name in the records, which may be only `part of` what it stands for.
    KnownName,
    /// `are`, then weapons.
    AreWeapons,
    /// `is`, then a kind of weapon.
    IsWeapon,
    /// A width of bore: a number of millimetres or centimetres.
    Calibre,
    /// A number.
    Number,
    /// A number and `%`.
    Percent,
    /// A word out of a few.
    OneOf(&'static [&'static str]),
    /// A duration, then `of`, then a moment; or a distance, then `of`, then a
    /// declared place.
    DurationOf,
    /// A distance, then `of`, then a declared place.
    DistanceOf,
    /// Declared names, then a quoted text.
    NamesText,
    /// Clause ids, then perhaps `within` and a length of time.
    ClausesWithin,
    /// Clause ids, then `is kept` or `are kept`.
    ClausesKept,
    /// Clauses that are completed or a phase that has begun, and by when; or
    /// any words, which are for people.
    DoneBy,
    /// Clauses that are not kept, or a phase that goes on; or any words, which
    /// are for people.
    NotKept,
    /// Clause ids, `is kept` or `are kept`, `for`, a number, `consecutive days`.
    KeptFor,
    /// A number, then `breaches a day`.
    Tolerated,
    /// A number, then `breaches in any`, then a length of time.
    BreachesIn,
    /// `any breach`, or `breaches of` and declared names.
    Breaches,
    /// The same, or `decision of` and declared names.
    BreachesOrDecision,
    /// A moment, `to`, a moment.
    Window,
    /// Whose word something is: a text in quotation marks, or declared names.
    Source,
    /// A quoted text or none, then `recorded by`, then whose word it is.
    RecordedBy,
    /// Words, names, numbers and quantities up to the next clause.
    Anything,
}

use Operand as O;

const fn statement(
    lead: &'static str,
    head: &'static [Operand],
    clauses: &'static [&'static str],
    example: &'static str,
) -> StatementForm {
    StatementForm { lead, head, clauses, example }
}

const ACTOR: &[&str] = &[
    "known as",
    "includes",
    "may include",
    "speaks through",
    "guaranteed by",
    "binds those who accept by",
    "listed by",
    "accepted on",
    "withdrew on",
    "commands",
];
const ACTOR_EXAMPLE: &str = "party Opposition \"the armed groups that accepted\"\n  known as part of \"Syrian insurgents\"\n  guaranteed by UnitedStates";
const INSTRUMENT: &[&str] = &[
    "signed",
    "times in",
    "days start at",
    "in force from",
    "authentic in",
    "standard of proof",
    "amends",
    "supersedes",
    "suspends",
    "prevails over",
    "published",
    "text not public",
];
const PLACE: &[&str] = &[
    "from",
    "good to",
    "undefined",
    "as held on",
    "for",
    "within",
    "without",
    "along",
    "width",
    "between",
    "on the",
    "deeper by",
    "below",
    "above",
];

const POINT: &[&str] =
    &["from", "at", "good to", "undefined", "as held on", "for", "within", "without", "below", "above"];

/// Every statement that begins with a keyword. A sentence that begins with a
/// party's name is a provision and is not listed here.
#[rustfmt::skip]
pub const STATEMENTS: &[StatementForm] = &[
    statement("agreement", &[O::Text], INSTRUMENT, "agreement \"Minsk Memorandum\"\n  signed 2014-09-19\n  times in Europe/Kyiv\n  days start at 00:00"),
    statement("instrument", &[O::NewName, O::Text], INSTRUMENT, "instrument Addendum \"Addendum of 29 September 2015\"\n  signed 2015-09-29\n  amends Package"),
    statement("moment", &[O::NewName, O::IsInstant], &[], "moment D is 2016-09-12 19:00"),
    statement("party", &[O::NewName, O::OptionalText], ACTOR, ACTOR_EXAMPLE),
    statement("guarantor", &[O::NewName, O::OptionalText], ACTOR, "guarantor Russia \"the Russian Federation\"\n  known as \"Government of Russia\""),
    statement("excluded", &[O::NewName, O::OptionalText], ACTOR, "excluded Nusra \"Jabhat al-Nusra\"\n  known as \"Jabhat Fateh al-Sham\" from 2016-07-28"),
    statement("outsider", &[O::NewName, O::OptionalText], ACTOR, "outsider Turkey \"not a party\"\n  known as \"Government of Turkey\""),
    statement("monitor", &[O::NewName, O::OptionalText], ACTOR, "monitor Mission \"the monitoring mission\""),
    statement("body", &[O::NewName, O::OptionalText], &["made of", "decides by", "quorum", "determines", "refers to", "reports"], "body Commission \"the joint commission\"\n  made of Government and Opposition\n  decides by consensus"),
    statement("line", &[O::NewName, O::OptionalText], PLACE, "line CastelloRoad \"the road\"\n  from \"places.geojson#castello-road\"\n  good to 1.5 km"),
    statement("area", &[O::NewName, O::OptionalText], PLACE, "area Idlib \"the demilitarised zone\"\n  undefined \"lines left to further consultations\""),
    statement("point", &[O::NewName, O::OptionalText], POINT, "point Post \"the crossing\"\n  from \"places.geojson#post\"\n  good to 100 m"),
    statement("corridor", &[O::NewName, O::OptionalText], PLACE, "corridor Lachin \"the corridor\"\n  along Road\n  width 5 km\n  without Shusha"),
    statement("weapons", &[O::NewName, O::AreWeapons], &[], "weapons Heavy are tanks, artillery and mortars"),
    statement("system", &[O::Text, O::IsWeapon], &["also called", "of calibre", "of range"], "system \"2S1\" is artillery\n  also called \"Gvozdika\"\n  of calibre 122 mm"),
    statement("term", &[O::NewName], &["means", "undefined"], "term MilitaryManifestations\n  undefined \"the agreement gives no meaning\""),
    statement("position", &[O::Names, O::OptionalText], &["about", "prefers", "accepts", "rejects", "ad referendum to"], "position Government \"further back, and the road is lost\"\n  about 3.a\n  prefers \"the first draft\"\n  ad referendum to \"the ministry of defence\""),
    statement("approval", &[O::Names, O::OptionalText], &["about", "pending since", "agreed on", "refused on", "misgivings"], "approval Government \"the ministry of defence\"\n  pending since 2016-09-09 17:00\n  misgivings \"the road could be taken overnight\" recorded by \"the general staff\""),
    statement("clause", &[O::ClauseTitle], &[], "clause 3.a \"Castello Road\""),
    statement("gate", &[O::NewName, O::OptionalText], &["opens when", "in", "tolerating", "reset by", "paused by", "after notice by", "verified by", "certified by", "counting from", "text not public"], "gate JIC \"the joint centre\"\n  opens when 1 and 3 are kept for 7 consecutive days\n  certified by Russia and UnitedStates together"),
    statement("phase", &[O::NewName, O::OptionalText], &["from", "until", "for", "opens when", "certified by", "lapses unless", "lapses", "suspended while", "suspended", "falls back to", "then", "while"], "phase One \"the first phase\"\n  from D for 42 days\n  then Two"),
    statement("inventory", &[O::NewName, O::OptionalText], &["held by", "holds", "stored at", "under seal of"], "inventory Declared \"holdings declared at signature\"\n  held by Ukraine\n  holds 12 tanks and 4 \"2S1\""),
    statement("exchange", &[O::Anything], &["owed by", "owed to", "first by", "by", "from", "until"], "exchange 30 detainees for each of 33 hostages\n  owed by Government\n  owed to Opposition\n  by D + 42 days"),
    statement("text", &[O::OneOf(&["not public"]), O::OptionalText], &[], "text not public \"the terms of reference were never published\""),
    statement("records", &[O::Text], &["known on", "replaces"], "records \"../../data/events-v2.csv.gz\"\n  known on 2022-06-15\n  replaces \"../../data/events-v1.csv.gz\""),
    statement("units", &[O::Text], &[], "units \"../../data/first-order-units.geojson\""),
    statement("period", &[O::Window], &[], "period 2016-09-12 to 2016-09-20"),
    statement("baseline", &[O::Window], &[], "baseline 2016-02-01 to 2016-02-27"),
];

/// The clauses a provision may have.
pub const PROVISION: &[&str] = &[
    "from",
    "until",
    "for",
    "by",
    "before",
    "within",
    "renewed by",
    "renewed tacitly unless",
    "while",
    "except in self-defence",
    "except against",
    "except",
    "at the same time as",
    "during",
    "if",
    "as far as",
    "in exchange for",
    "only after",
    "only with leave of",
    "only with notice to",
    "verified by",
    "certified by",
    "reported to",
    "under",
    "in place of",
    "every",
    "each day from",
    "in",
    "through",
    "below",
    "above",
    "then",
    "cure within",
    "severity",
    "persistent from",
    "consequence",
    "checked by",
    "proven only by",
    "standard of proof",
    "with",
];

const fn clause(words: &'static str, operands: &'static [Operand]) -> ClauseForm {
    ClauseForm { words, operands }
}

/// Every clause. Where one clause's words begin another's, the longer is listed
/// first, because the first that fits is taken.
#[rustfmt::skip]
pub const CLAUSES: &[ClauseForm] = &[
    clause("signed", &[O::Instant]),
    clause("times in", &[O::Zone]),
    clause("days start at", &[O::TimeOfDay]),
    clause("in force from", &[O::Instant]),
    clause("authentic in", &[O::Anything]),
    clause("standard of proof", &[O::Percent]),
    clause("amends", &[O::Clauses]),
    clause("supersedes", &[O::Clauses]),
    clause("suspends", &[O::Clauses]),
    clause("prevails over", &[O::Clauses]),
    clause("published", &[O::Anything]),
    clause("text not public", &[O::OptionalText]),
    clause("known as", &[O::KnownName]),
    clause("includes", &[O::KnownName]),
    clause("may include", &[O::KnownName]),
    clause("speaks through", &[O::KnownName]),
    clause("known on", &[O::Instant]),
    clause("replaces", &[O::Text]),
    clause("guaranteed by", &[O::Names]),
    clause("binds those who accept by", &[O::Instant]),
    clause("listed by", &[O::Names]),
    clause("accepted on", &[O::Instant]),
    clause("withdrew on", &[O::Instant]),
    clause("commands", &[O::Names]),
    clause("made of", &[O::Names]),
    clause("decides by", &[O::OneOf(&["consensus", "majority", "the chair"])]),
    clause("quorum", &[O::Number]),
    clause("determines", &[O::Clauses]),
    clause("refers to", &[O::Anything]),
    clause("reports", &[O::Anything]),
    clause("good to", &[O::Distance]),
    clause("undefined", &[O::OptionalText]),
    clause("as held on", &[O::Instant]),
    clause("along", &[O::Names]),
    clause("width", &[O::Distance]),
    clause("without", &[O::Names]),
    clause("between", &[O::Anything]),
    clause("on the", &[O::Anything]),
    clause("deeper by", &[O::Anything]),
    clause("also called", &[O::Text]),
    clause("of calibre", &[O::Calibre]),
    clause("of range", &[O::Distance]),
    clause("means", &[O::Text]),
    clause("opens when", &[O::KeptFor]),
    clause("certified by", &[O::Names]),
    clause("counting from", &[O::Instant]),
    clause("tolerating", &[O::Tolerated]),
    clause("reset by", &[O::BreachesOrDecision]),
    clause("paused by", &[O::Breaches]),
    clause("after notice by", &[O::Names]),
    clause("lapses unless", &[O::DoneBy]),
    clause("lapses", &[O::Anything]),
    clause("suspended while", &[O::NotKept]),
    clause("suspended", &[O::Anything]),
    clause("falls back to", &[O::Names]),
    clause("owed by", &[O::Names]),
    clause("owed to", &[O::Names]),
    clause("first by", &[O::Names]),
    clause("held by", &[O::Names]),
    clause("holds", &[O::Anything]),
    clause("stored at", &[O::Names]),
    clause("under seal of", &[O::Names]),
    clause("renewed by", &[O::Names]),
    clause("renewed tacitly unless", &[O::Anything]),
    clause("while", &[O::Anything]),
    clause("except in self-defence", &[O::OptionalText]),
    clause("except against", &[O::Names]),
    clause("except", &[O::Text]),
    clause("at the same time as", &[O::ClausesWithin]),
    clause("during", &[O::Names]),
    clause("if", &[O::ClausesKept]),
    clause("as far as", &[O::Clauses]),
    clause("in exchange for", &[O::Anything]),
    clause("only after", &[O::Anything]),
    clause("only with leave of", &[O::Names]),
    clause("only with notice to", &[O::Anything]),
    clause("verified by", &[O::Names]),
    clause("reported to", &[O::Names]),
    clause("every", &[O::Duration]),
    clause("each day from", &[O::Hours]),
    clause("cure within", &[O::Duration]),
    clause("severity", &[O::OneOf(&["isolated", "persistent", "serious", "threat to the agreement"])]),
    clause("persistent from", &[O::BreachesIn]),
    clause("consequence", &[O::Text]),
    clause("proven only by", &[O::Anything]),
    clause("checked by", &[O::OneOf(&["events", "sightings", "counts", "reports", "people"])]),
    clause("about", &[O::Clauses]),
    clause("prefers", &[O::Source]),
    clause("accepts", &[O::Source]),
    clause("rejects", &[O::Source]),
    clause("ad referendum to", &[O::Source]),
    clause("pending since", &[O::Instant]),
    clause("agreed on", &[O::Instant]),
    clause("refused on", &[O::Instant]),
    clause("misgivings", &[O::RecordedBy]),
    clause("from", &[O::Instant]),
    clause("until", &[O::Instant]),
    clause("for", &[O::Duration]),
    clause("by", &[O::Instant]),
    clause("before", &[O::Instant]),
    clause("within", &[O::DurationOf]),
    clause("under", &[O::Names]),
    clause("in place of", &[O::Clauses]),
    clause("in", &[O::Names]),
    clause("through", &[O::Names]),
    clause("below", &[O::Distance]),
    clause("above", &[O::Distance]),
    clause("then", &[O::Anything]),
    clause("with", &[O::Anything]),
];

/// The clauses that mean something else where a place is declared.
pub const PLACE_CLAUSES: &[ClauseForm] = &[
    clause("from", &[O::Text]),
    clause("at", &[O::Coordinates]),
    clause("within", &[O::DistanceOf]),
    clause("for", &[O::NamesText]),
];

/// What stands between who is bound and the act, from the strongest to the
/// weakest; `must not` before `must`.
pub const MODALS: &[&str] = &["must not", "must", "may not", "may"];

/// Who is bound, without a name.
pub const COLLECTIVES: &[&str] = &["every party", "each party", "no party", "neither party"];

/// What a moment may begin with, beside a date and a declared name.
pub const ANCHORS: &[&str] =
    &["signature", "entry into force", "completion of", "the opening of", "the end of", "the start of"];

/// What a party may be told to do or not to do. Longer phrases first.
pub const VERBS: &[&str] = &[
    "acquire territory from",
    "acquire territory",
    "occupy vacated ground",
    "spread hostile propaganda",
    "use influence with",
    "undertake",
    "ensure that",
    "obstruct aid",
    "hinder monitors",
    "lay mines",
    "clear mines",
    "move forces",
    "search aid",
    "return fire",
    "bear arms",
    "take hostages",
    "lay down",
    "hand over",
    "withdraw from",
    "act against",
    "attack",
    "keep",
    "withdraw",
    "use",
    "fly",
    "enter",
    "reinforce",
    "reconnoitre",
    "fortify",
    "recruit",
    "train",
    "arrest",
    "besiege",
    "jam",
    "allow",
    "release",
    "provide",
    "report",
    "notify",
    "prevent",
    "disband",
    "store",
    "redeploy",
    "deploy",
    "meet",
    "restore",
    "open",
    "inspect",
    "deliver",
    "honour",
    "hold",
    "leave",
    "extend",
    "certify",
    "stop",
    "agree",
    "share",
    "set up",
    "begin",
    "complete",
];

impl StatementForm {
    /// The form a word begins.
    #[must_use]
    pub fn of(lead: &str) -> Option<&'static Self> {
        STATEMENTS.iter().find(|form| form.lead == lead)
    }

    /// Whether it declares a place, where some clauses mean something else.
    #[must_use]
    pub fn is_a_place(&self) -> bool {
        matches!(self.lead, "line" | "area" | "point" | "corridor")
    }
}

impl ClauseForm {
    /// The form with just these words.
    #[must_use]
    pub fn of(words: &str) -> Option<&'static Self> {
        CLAUSES.iter().find(|form| form.words == words)
    }
}
