//! Levers: the numbers of a text that can be moved, each by a name, and what the
//! text says of each now.
//!
//! A lever is one place on the page: a number, or a bracket of alternatives for
//! it. To move it is to write another number there and nothing else, so that what
//! an answer says of a value can be had as well by editing the text.

use armistice_geodesy::Metres;
use armistice_syntax::{
    Bracket, Document, Lines, NodeExt, Span, Statement, SyntaxKind as K, SyntaxNode, Unit, parse_number,
};
use jiff::{Span as Period, Timestamp};

use crate::Reading;
use crate::model::{Clock, Gate, Provision, Region, Until};
use crate::reading::Question;

/// A number of the text that can be moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// `3.a.distance`, `JIC.days`.
    pub name: String,
    /// What it moves.
    pub moves: Moves,
    /// In what it is counted.
    pub unit: LeverUnit,
    /// As it is written, brackets and all, on one line.
    pub words: String,
    /// Its bytes in the file: those that another value takes the place of.
    pub span: Span,
    /// The line it stands on, counted from 1.
    pub line: usize,
    /// What the text says it is, each alternative of a bracket by itself; one
    /// without a source where there is no bracket.
    pub values: Vec<LeverValue>,
    /// Words that belong to the number and stay: `in all`.
    stays: String,
}

/// A value that the text gives a lever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeverValue {
    /// As it is written: `2 miles`.
    pub words: String,
    /// Who says so; none where there is no bracket.
    pub source: Option<String>,
    /// How many of the lever's units it is; none where it is no whole number of
    /// them, as months are of seconds.
    pub at: Option<i64>,
}

/// What a lever moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moves {
    /// How far from a place something is forbidden: the provision, by index.
    Distance(usize),
    /// How many there may be, or must be: the provision, by index.
    Number(usize),
    /// How long a term binds: the provision, by index.
    Duration(usize),
    /// By when it is to be done: the provision, by index.
    Deadline(usize),
    /// For how many consecutive days clauses must be kept: the gate, by index.
    Days(usize),
}

impl Moves {
    /// The last part of its name.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Distance(_) => "distance",
            Self::Number(_) => "number",
            Self::Duration(_) => "duration",
            Self::Deadline(_) => "deadline",
            Self::Days(_) => "days",
        }
    }

    /// The provision it belongs to; none of a gate.
    #[must_use]
    pub const fn provision(self) -> Option<usize> {
        match self {
            Self::Distance(index) | Self::Number(index) | Self::Duration(index) | Self::Deadline(index) => Some(index),
            Self::Days(_) => None,
        }
    }
}

/// In what a lever is counted. Between one whole number of them and the next, no
/// value is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeverUnit {
    /// Tenths of a millimetre: of these, metres, yards, feet and miles are whole
    /// numbers. The second is how many times the distance from the place it is.
    Length {
        /// Whether it is a width from edge to edge, with half of it on each side.
        in_all: bool,
    },
    /// Things, or days in a row.
    Count,
    /// Seconds that run through.
    Seconds,
    /// Days of the calendar.
    Days,
    /// Months of the calendar.
    Months,
    /// Seconds since 1970-01-01 00:00 UTC: a moment.
    Moment {
        /// Whether the second itself is still in time: `by` it, not `before` it.
        included: bool,
    },
}

/// How many units of length a metre has.
const TO_THE_METRE: f64 = 10_000.0;

impl LeverUnit {
    /// The length of so many units.
    #[expect(clippy::cast_precision_loss, reason = "no length on Earth has so many digits")]
    #[must_use]
    pub fn metres(at: i64) -> f64 {
        at as f64 / TO_THE_METRE
    }

    /// How many units a length in metres is; none unless it is a whole number of
    /// them, give or take what rounding takes.
    #[must_use]
    pub fn of_metres(metres: f64) -> Option<i64> {
        let units = metres * TO_THE_METRE;
        let whole = units.round();
        let near = (units - whole).abs() <= 1e-6 && (0.0..=201_000_000_000.0).contains(&whole);
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and no longer than half the Earth's girth")]
        near.then_some(whole as i64)
    }

    /// How far from the place so many units reach.
    #[must_use]
    pub fn reach(self, at: i64) -> Metres {
        // The very arithmetic by which a text's lengths are read.
        let length = Metres::new(Self::metres(at));
        if matches!(self, Self::Length { in_all: true }) { length * 0.5 } else { length }
    }

    /// The last instant to be done with what is to be done by such a moment.
    #[must_use]
    pub fn deadline(self, at: i64) -> Option<Timestamp> {
        let Self::Moment { included } = self else {
            return None;
        };
        Timestamp::from_second(at.checked_add(i64::from(included))?).ok()
    }

    /// The length of time of so many units; none if the calendar has none so long.
    #[must_use]
    pub fn period(self, at: i64) -> Option<Period> {
        match self {
            Self::Seconds => Period::new().try_seconds(at).ok(),
            Self::Days => Period::new().try_days(at).ok(),
            Self::Months => Period::new().try_months(at).ok(),
            _ => None,
        }
    }
}

impl Lever {
    /// So many units, as they are written in a text.
    #[must_use]
    pub fn written(&self, at: i64) -> String {
        match self.unit {
            LeverUnit::Length { .. } => format!("{} m{}", LeverUnit::metres(at), self.stays),
            LeverUnit::Count => at.to_string(),
            LeverUnit::Seconds => format!("{at} seconds"),
            LeverUnit::Days => format!("{at} days"),
            LeverUnit::Months => format!("{at} months"),
            LeverUnit::Moment { .. } => Timestamp::from_second(at)
                .map_or_else(|_| at.to_string(), |at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()),
        }
    }

    /// The text with so many units in its place.
    #[must_use]
    pub fn edited(&self, text: &str, at: i64) -> String {
        let before = text.get(..self.span.start).unwrap_or_default();
        let after = text.get(self.span.end..).unwrap_or_default();
        format!("{before}{}{after}", self.written(at))
    }

    /// The first value that the text gives it, in its units.
    #[must_use]
    pub fn first(&self) -> Option<i64> {
        self.values.iter().find_map(|value| value.at)
    }
}

/// Every lever of a text, in its order.
pub(crate) fn levers(
    document: &Document,
    readings: &[Reading],
    questions: &[Question],
    lines: &Lines<'_>,
) -> Vec<Lever> {
    let mut found: Vec<Lever> = Vec::new();
    let Some(first) = readings.first().map(|reading| &reading.agreement) else {
        return found;
    };
    for statement in document.blocks.iter().flat_map(|block| &block.statements) {
        let at = statement.node.span().start;
        for (index, provision) in first.provisions.iter().enumerate() {
            if provision.citation.span.start == at {
                found.extend(distance(statement, index, provision));
                found.extend(number(statement, index, provision));
                found.extend(duration(statement, index, provision, &first.clock));
                found.extend(deadline(statement, index, provision, (readings, questions)));
            }
        }
        let gate = first.gates.iter().enumerate().find(|(_, gate)| gate.citation.span.start == at);
        found.extend(gate.and_then(|(index, gate)| days(statement, index, gate)));
    }
    for lever in &mut found {
        lever.line = lines.line(lever.span.start);
    }
    found
}

/// A place on the page where a value stands: the value under the first reading,
/// and the bracket around it, if one is.
struct Slot {
    /// The value's node.
    value: SyntaxNode,
    /// The bracket's node.
    bracket: Option<SyntaxNode>,
}

impl Slot {
    /// The slot of a value; none where a bracket holds more than the value.
    fn of(value: SyntaxNode) -> Option<Self> {
        let above = value.ancestors().find(|node| matches!(node.kind(), K::Bracket | K::Statement))?;
        let Some(bracket) = Bracket::of(above) else {
            return Some(Self { value, bracket: None });
        };
        let nested = bracket.node.ancestors().skip(1).any(|node| node.kind() == K::Bracket);
        let alone = bracket.choices().iter().all(|choice| {
            let values: Vec<SyntaxNode> = choice.node.nodes(value.kind()).collect();
            matches!(values.as_slice(), [one] if one.phrase() == choice.words())
        });
        let first = bracket.choices().first()?.node.child(value.kind())?;
        (alone && !nested).then_some(Self { value: first, bracket: Some(bracket.node) })
    }

    fn node(&self) -> &SyntaxNode {
        self.bracket.as_ref().unwrap_or(&self.value)
    }

    /// Each value, with its words and who says so.
    fn each(&self) -> Vec<(SyntaxNode, String, Option<String>)> {
        match self.bracket.clone().and_then(Bracket::of) {
            None => vec![(self.value.clone(), self.value.phrase(), None)],
            Some(bracket) => {
                let choices = bracket.choices().into_iter();
                let each = choices.filter_map(|choice| {
                    Some((choice.node.child(self.value.kind())?, choice.words(), Some(choice.label.clone())))
                });
                each.collect()
            }
        }
    }

    /// The lever at this place.
    fn lever(&self, name: String, moves: Moves, unit: LeverUnit, read: impl Fn(&SyntaxNode) -> Option<i64>) -> Lever {
        let each = self.each().into_iter();
        let values = each.map(|(node, words, source)| LeverValue { at: read(&node), words, source }).collect();
        let node = self.node();
        Lever { name, moves, unit, words: node.phrase(), span: node.span(), line: 0, values, stays: String::new() }
    }
}

/// The one place of a kind in a statement, of those in clauses of such words, or in
/// none.
fn only(statement: &Statement, kind: K, stands: impl Fn(Option<&str>) -> bool) -> Option<Slot> {
    let mut found: Vec<Slot> = Vec::new();
    for value in statement.node.descendants().filter(|node| node.kind() == kind) {
        let clause = value.ancestors().find(|node| node.kind() == K::Clause).map(|clause| clause.keyword());
        if !stands(clause.as_deref()) {
            continue;
        }
        let slot = Slot::of(value)?;
        if found.iter().all(|other| other.node() != slot.node()) {
            found.push(slot);
        }
    }
    let one = found.pop()?;
    found.is_empty().then_some(one)
}

/// How far from a place something is forbidden, if the text says it as one number.
fn distance(statement: &Statement, index: usize, provision: &Provision) -> Option<Lever> {
    let zone = provision.duty.zone()?;
    let far = reach(zone.region)?;
    // Ground that may belong to it as well has to be as wide, and told by one shape.
    let perhaps = zone.perhaps.as_deref();
    if zone.shape.is_joined() || perhaps.is_some_and(|wider| wider.shape.is_joined() || wider.region != zone.region) {
        return None;
    }
    let slot = only(statement, K::Distance, |clause| !matches!(clause, Some("below" | "above")))?;
    let said: Vec<String> = slot.each().iter().map(|(node, ..)| node.keywords().join(" ")).collect();
    let stays = said.first().cloned().unwrap_or_default();
    if said.iter().any(|other| *other != stays) {
        return None;
    }
    let unit = LeverUnit::Length { in_all: stays == "in all" };
    let lever = slot.lever(format!("{}.distance", provision.id), Moves::Distance(index), unit, length);
    let stays = if stays.is_empty() { stays } else { format!(" {stays}") };
    // What it is measured from must not take anything more from it.
    let first = lever.values.first().and_then(|value| value.at)?;
    let same = (unit.reach(first) - far).abs().get() < 1e-6;
    same.then_some(Lever { stays, ..lever })
}

/// How far ground reaches, of ground that is told by a distance.
fn reach(region: Region) -> Option<Metres> {
    match region {
        Region::Within(far) | Region::WithinOnSide(far, _) | Region::NotBeyond(far, _) => Some(far),
        Region::WithinRange | Region::Inside | Region::Outside => None,
    }
}

/// A distance in units of length.
fn length(node: &SyntaxNode) -> Option<i64> {
    let number = parse_number(node.token(K::Number)?.text())?;
    match Unit::of(node.token(K::Word)?.text())? {
        Unit::Length(metres) => LeverUnit::of_metres(number * metres),
        _ => None,
    }
}

/// How many there may be, or must be, where the text says one number and no share.
fn number(statement: &Statement, index: usize, provision: &Provision) -> Option<Lever> {
    let limit = provision.duty.limits().filter(|limit| limit.share.is_none())?;
    let slot = only(statement, K::Amount, |clause| clause.is_none())?;
    let read = |node: &SyntaxNode| whole(node.token(K::Number)?.text());
    let lever = slot.lever(format!("{}.number", provision.id), Moves::Number(index), LeverUnit::Count, read);
    (lever.values.first()?.at == Some(i64::from(limit.number))).then_some(lever)
}

/// A number of things.
fn whole(text: &str) -> Option<i64> {
    let number = parse_number(text).filter(|number| number.fract() == 0.0 && (0.0..=1e9).contains(number))?;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and at most a thousand million")]
    Some(number as i64)
}

/// How long a term binds, where its end is so much time after its beginning.
fn duration(statement: &Statement, index: usize, provision: &Provision, clock: &Clock) -> Option<Lever> {
    let (Ok(from), Until::At(end) | Until::Renewable { first: end, .. }) =
        (&provision.force.from, &provision.force.until)
    else {
        return None;
    };
    let slot = only(statement, K::Duration, |clause| clause == Some("for"))?;
    let (unit, _) = length_of_time(&slot.value)?;
    let read = |node: &SyntaxNode| length_of_time(node).filter(|(other, _)| *other == unit).map(|(_, at)| at);
    let lever = slot.lever(format!("{}.duration", provision.id), Moves::Duration(index), unit, read);
    let ends = clock.add(*from, unit.period(lever.values.first()?.at?)?);
    (ends == Some(*end)).then_some(lever)
}

/// A length of time, in the units that it is written in or is a multiple of.
fn length_of_time(node: &SyntaxNode) -> Option<(LeverUnit, i64)> {
    let number = parse_number(node.token(K::Number)?.text())?;
    let (unit, each) = match Unit::of(node.token(K::Word)?.text())? {
        Unit::Fixed(seconds) => (LeverUnit::Seconds, seconds),
        Unit::Days(days) => (LeverUnit::Days, days),
        Unit::Months(months) => (LeverUnit::Months, months),
        _ => return None,
    };
    #[expect(clippy::cast_precision_loss, reason = "a year has twelve months, and an hour few seconds")]
    let total = number * each as f64;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and at most a thousand million")]
    (total.fract() == 0.0 && (0.0..1e9).contains(&total)).then_some((unit, total as i64))
}

/// By when something is to be done, where that is a moment and hangs on nothing.
fn deadline(
    statement: &Statement,
    index: usize,
    provision: &Provision,
    (readings, questions): (&[Reading], &[Question]),
) -> Option<Lever> {
    provision.duty.deadline()?;
    let slot = only(statement, K::Instant, |clause| matches!(clause, Some("by" | "before")))?;
    let clause = slot.value.ancestors().find(|node| node.kind() == K::Clause)?;
    let included = clause.keyword() == "by";
    let name = format!("{}.deadline", provision.id);
    let mut lever = slot.lever(name, Moves::Deadline(index), LeverUnit::Moment { included }, |_| None);
    // What the moments come to was worked out with the readings.
    let question = slot.bracket.as_ref().and_then(|bracket| {
        let at = bracket.span().start;
        questions.iter().position(|question| question.brackets.iter().any(|written| written.span.start == at))
    });
    for value in &mut lever.values {
        let label = value.source.as_ref().zip(question);
        let read = readings.iter().find(|reading| {
            label.is_none_or(|(source, question)| {
                let answer = reading.answers.get(question);
                let labels = questions.get(question).map(|question| &question.labels);
                answer.zip(labels).and_then(|(answer, labels)| labels.get(*answer)) == Some(source)
            })
        });
        let due = read.and_then(|reading| reading.agreement.provisions.get(index)?.duty.deadline());
        value.at = due.map(|due| due.as_second() - i64::from(included));
    }
    Some(lever)
}

/// For how many consecutive days clauses must be kept.
fn days(statement: &Statement, index: usize, gate: &Gate) -> Option<Lever> {
    let token = statement.clause("opens when")?.token(K::Number)?;
    let at = whole(token.text()).filter(|at| *at == i64::from(gate.days))?;
    let range = token.text_range();
    Some(Lever {
        name: format!("{}.days", gate.name),
        moves: Moves::Days(index),
        unit: LeverUnit::Count,
        words: format!("{} consecutive days", token.text()),
        span: usize::from(range.start())..usize::from(range.end()),
        line: 0,
        values: vec![LeverValue { words: token.text().to_owned(), source: None, at: Some(at) }],
        stays: String::new(),
    })
}
