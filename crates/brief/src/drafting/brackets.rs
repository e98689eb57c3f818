//! The open points of a draft: what is asked, what hangs on each, who stands
//! where, and whose approval is wanted.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use armistice_drafting::{Alternative, Hangs, Point, StanceOf, Unsaid, open_points, unsaid};
use armistice_terms::{ActorSet, Agreement, Attitude, Checked, Position};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::show::talks;
use crate::show::words::{count, list, moment, names};

/// The open points of an agreement as a page, with approvals as they stand at a
/// time, or after all that is written.
#[must_use]
pub fn brackets_text(checked: &Checked, on: Option<Timestamp>) -> String {
    let mut page = Page { checked, agreement: checked.agreement(), talked: false, out: String::new() };
    let (flagged, open): (Vec<Point>, Vec<Point>) = open_points(checked).into_iter().partition(Point::is_flagged);
    let gaps = unsaid(checked);
    page.talked = open.iter().flat_map(|point| &point.alternatives).any(|alternative| !alternative.stances.is_empty());
    page.head(open.len(), flagged.len(), gaps.len(), on);
    if !open.is_empty() {
        page.section("Open points");
        open.iter().for_each(|point| page.point(point));
    }
    page.positions(&open);
    page.approvals(on);
    if !gaps.is_empty() {
        page.section("Not public, or not defined");
        gaps.iter().for_each(|gap| page.gap(gap));
    }
    if !flagged.is_empty() {
        page.section("Flagged readings, with one source each");
        flagged.iter().for_each(|point| page.flagged(point));
    }
    page.out
}

struct Page<'a> {
    checked: &'a Checked,
    agreement: &'a Agreement,
    /// Whether any delegation is on record at all: of a text that is no draft,
    /// that nobody is would be said of every point.
    talked: bool,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, indent: usize, words: &str) {
        let _ = writeln!(self.out, "{:indent$}{words}", "");
    }

    fn section(&mut self, title: &str) {
        let _ = write!(self.out, "\n{title}\n");
    }

    fn head(&mut self, open: usize, flagged: usize, gaps: usize, on: Option<Timestamp>) {
        let title =
            if self.agreement.title.is_empty() { "An agreement without a title" } else { &self.agreement.title };
        let _ = writeln!(self.out, "{title}");
        let readings = count(self.checked.readings.len(), "reading", "readings");
        let mut words = match open {
            0 => "no open points".to_owned(),
            _ => format!("{}, {readings}", count(open, "open point", "open points")),
        };
        if gaps > 0 {
            words.push_str(&format!("; {} not public or not defined", count(gaps, "thing", "things")));
        }
        if flagged > 0 {
            words.push_str(&format!("; {}", count(flagged, "flagged reading", "flagged readings")));
        }
        self.line(0, &words);
        if let Some(at) = on {
            let at = moment(&self.agreement.clock, at);
            self.line(0, &format!("approvals as they stood on {at}"));
        }
    }

    fn point(&mut self, point: &Point) {
        self.line(2, &format!("{}. {}  ({})", point.number, point.name, lines(point)));
        for bracket in &point.written {
            self.line(6, &bracket.words);
        }
        for alternative in &point.alternatives {
            self.line(6, &format!("{}: \"{}\"", alternative.words, alternative.source));
            match stances(self.checked, self.agreement, alternative) {
                told if told.is_empty() && !self.talked => {}
                told if told.is_empty() => self.line(10, "nobody is on record for or against it"),
                told => self.line(10, &told.join("; ")),
            }
        }
        self.line(6, &format!("hangs on it: {}", hanging(&point.hangs)));
        if self.talked && !point.silent.is_empty() {
            let who = names(self.agreement, point.silent);
            let has = if point.silent.len() == 1 { "has" } else { "have" };
            self.line(6, &format!("{who} {has} said nothing of it"));
        }
        if point.alternatives.iter().any(|a| !a.stances.is_empty()) {
            let could: Vec<String> = point.could_settle_on().map(|a| format!("\"{}\"", a.source)).collect();
            let could: Vec<&str> = could.iter().map(String::as_str).collect();
            let told = match could.as_slice() {
                [] => "every alternative that anybody asks for is rejected by somebody".to_owned(),
                some => format!("nobody on record rejects {}", list(some, "or")),
            };
            self.line(6, &told);
        }
    }

    fn positions(&mut self, open: &[Point]) {
        let positions = &self.checked.talks.positions;
        if positions.is_empty() {
            return;
        }
        self.section("Positions");
        let open: BTreeSet<usize> = open.iter().map(|point| point.number).collect();
        let asked = Asked::of(self.checked, self.agreement);
        for position in positions {
            let who = names(self.agreement, position.who);
            self.line(2, &format!("{who}, on {}  (line {})", talks::about(&position.on), position.line));
            if let Some(words) = &position.words {
                self.line(6, &format!("\"{words}\""));
            }
            for stance in &position.stances {
                let numbers: BTreeSet<usize> = stance.points.iter().map(|(question, _)| question + 1).collect();
                let names: Vec<String> = numbers.intersection(&open).map(ToString::to_string).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let points = match names.as_slice() {
                    [] => String::new(),
                    [one] => format!(" (point {one})"),
                    more => format!(" (points {})", list(more, "and")),
                };
                self.line(6, &format!("{} \"{}\"{points}", talks::attitude(stance.attitude), stance.source));
            }
            for to in &position.referred_to {
                let asked = if asked.of_them(position, to) { "" } else { "; no approval of theirs is written down" };
                self.line(6, &format!("ad referendum to {to}{asked}"));
            }
        }
    }

    fn approvals(&mut self, on: Option<Timestamp>) {
        let approvals = &self.checked.talks.approvals;
        if approvals.is_empty() {
            return;
        }
        self.section("Approvals");
        for approval in approvals {
            let who = talks::principal(self.agreement, approval);
            self.line(2, &format!("{who}, on {}  (line {})", talks::about(&approval.on), approval.line));
            self.line(6, &talks::state(&self.agreement.clock, approval, on));
            for misgiving in &approval.misgivings {
                self.line(6, &format!("misgivings {}", talks::misgiving(misgiving)));
            }
        }
    }

    fn gap(&mut self, gap: &Unsaid) {
        self.line(2, &format!("{}  (line {})", gap.what, gap.line));
        self.line(6, &gap.why);
        if !gap.reaches.is_empty() {
            let reaches: Vec<&str> = gap.reaches.iter().map(String::as_str).collect();
            self.line(6, &format!("so nothing can decide {}", list(&reaches, "and")));
        }
    }

    fn flagged(&mut self, point: &Point) {
        let words: Vec<&str> = point.written.iter().map(|bracket| bracket.words.as_str()).collect();
        self.line(2, &format!("{}. {}  ({})  {}", point.number, point.name, lines(point), words.join("; ")));
        self.line(6, &format!("hangs on it: {}", hanging(&point.hangs)));
    }
}

/// Whose approvals are written, each with those who need them: by the principal's
/// name in small letters, and by the names of those who need it where it has none.
struct Asked {
    principals: HashMap<String, ActorSet>,
    unnamed: HashMap<String, ActorSet>,
}

impl Asked {
    fn of(checked: &Checked, agreement: &Agreement) -> Self {
        let mut asked = Self { principals: HashMap::new(), unnamed: HashMap::new() };
        for approval in &checked.talks.approvals {
            let who = match &approval.principal {
                Some(principal) => asked.principals.entry(principal.to_lowercase()),
                None => asked.unnamed.entry(names(agreement, approval.who)),
            };
            let who = who.or_insert(ActorSet::NONE);
            *who = who.or(approval.who);
        }
        asked
    }

    /// Whether an approval of somebody to whom a position is referred is written.
    fn of_them(&self, position: &Position, to: &str) -> bool {
        let who = [self.principals.get(&to.to_lowercase()), self.unnamed.get(to)];
        who.into_iter().flatten().any(|who| !who.and(position.who).is_empty())
    }
}

/// `line 12`, `lines 12 and 15`.
fn lines(point: &Point) -> String {
    let mut lines: Vec<usize> = point.written.iter().map(|bracket| bracket.line).collect();
    lines.dedup();
    let told: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    format!("{} {}", if told.len() == 1 { "line" } else { "lines" }, list(&told, "and"))
}

/// `Government prefers it (line 40)`, one for each attitude and position.
fn stances(checked: &Checked, agreement: &Agreement, alternative: &Alternative) -> Vec<String> {
    let each = alternative.stances.iter().map(|StanceOf { who, attitude, position }| {
        let one = who.len() == 1;
        let verb = match (attitude, one) {
            (Attitude::Prefers, true) => "prefers it",
            (Attitude::Prefers, false) => "prefer it",
            (Attitude::Accepts, true) => "accepts it",
            (Attitude::Accepts, false) => "accept it",
            (Attitude::Rejects, true) => "rejects it",
            (Attitude::Rejects, false) => "reject it",
        };
        let line = position.and_then(|at| checked.talks.positions.get(at)).map(|position| position.line);
        let from = line.map_or_else(|| "as the bracket says".to_owned(), |line| format!("line {line}"));
        format!("{} {verb} ({from})", names(agreement, *who))
    });
    each.collect()
}

fn hanging(hangs: &Hangs) -> String {
    let kinds = [
        (&hangs.provisions, "provision", "provisions"),
        (&hangs.gates, "gate", "gates"),
        (&hangs.moments, "moment", "moments"),
        (&hangs.places, "place", "places"),
        (&hangs.classes, "class", "classes"),
        (&hangs.systems, "weapon system", "weapon systems"),
        (&hangs.actors, "the names of", "the names of"),
    ];
    let told: Vec<String> = kinds
        .iter()
        .filter(|(names, ..)| !names.is_empty())
        .map(|(names, one, many)| {
            let listed: Vec<&str> = names.iter().map(String::as_str).collect();
            format!("{} {}", if names.len() == 1 { one } else { many }, list(&listed, "and"))
        })
        .collect();
    if told.is_empty() { "nothing that is evaluated".to_owned() } else { told.join("; ") }
}

/// The same, as one JSON object.
#[must_use]
pub fn brackets_json(checked: &Checked, on: Option<Timestamp>) -> Value {
    let agreement = checked.agreement();
    let (flagged, open): (Vec<Point>, Vec<Point>) = open_points(checked).into_iter().partition(Point::is_flagged);
    let told = |points: &[Point]| points.iter().map(|point| of_point(checked, agreement, point)).collect::<Vec<_>>();
    let gaps: Vec<Value> = unsaid(checked)
        .into_iter()
        .map(|gap| json!({ "what": gap.what, "why": gap.why, "line": gap.line, "provisions": gap.reaches }))
        .collect();
    json!({
        "format": "armistice.brackets/1",
        "title": agreement.title,
        "on": on.map(|at| crate::show::instant(&agreement.clock, at)),
        "readings": checked.readings.len(),
        "open": told(&open),
        "flagged": told(&flagged),
        "unsaid": gaps,
        "positions": talks::positions(checked),
        "approvals": talks::approvals(checked, on),
    })
}

fn of_point(checked: &Checked, agreement: &Agreement, point: &Point) -> Value {
    let actors = |set| agreement.actors_in(set).map(|actor| actor.name.as_str()).collect::<Vec<_>>();
    let alternatives: Vec<Value> = point
        .alternatives
        .iter()
        .map(|alternative| {
            let stances: Vec<Value> = alternative
                .stances
                .iter()
                .map(|stance| {
                    let position = stance.position.and_then(|at| checked.talks.positions.get(at));
                    json!({
                        "who": actors(stance.who),
                        "attitude": talks::attitude(stance.attitude),
                        "line": position.map(|position| position.line),
                    })
                })
                .collect();
            json!({ "source": alternative.source, "words": alternative.words, "stances": stances })
        })
        .collect();
    json!({
        "number": point.number,
        "name": point.name,
        "written": point.written.iter().map(|b| json!({ "words": b.words, "line": b.line })).collect::<Vec<_>>(),
        "alternatives": alternatives,
        "hangs": {
            "moments": point.hangs.moments,
            "actors": point.hangs.actors,
            "places": point.hangs.places,
            "classes": point.hangs.classes,
            "systems": point.hangs.systems,
            "provisions": point.hangs.provisions,
            "gates": point.hangs.gates,
        },
        "silent": actors(point.silent),
        "nobody_rejects": point.could_settle_on().map(|a| a.source.as_str()).collect::<Vec<_>>(),
    })
}
