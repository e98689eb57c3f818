//! The page a person reads.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;

use armistice_terms::{Agreement, Checked, Question};

use super::facts::{self, Fact};
use super::talks;
use super::versions::versions;
use super::words;
use super::{exchanges, phases};
use crate::sweep::comes_to;
use crate::words::{harmless, word_of_one};

/// Where sentences begin, and how wide the page is.
const INDENT: usize = 20;
const WIDTH: usize = 100;

/// The agreement as understood, under every reading that is left.
///
/// ```
/// let text = "agreement \"A truce\"\n  signed 2016-09-09\n  times in UTC\n";
/// let checked = armistice_terms::check(text, armistice_terms::Form::Plain, &|_| Err("no files".into()));
/// assert!(armistice_brief::show_text(&checked).starts_with("A truce\n"));
/// ```
#[must_use]
pub fn show_text(checked: &Checked) -> String {
    let mut page = Page { checked, out: String::new() };
    page.head();
    page.instruments();
    page.terms();
    page.moments();
    page.actors();
    page.places();
    page.weapons();
    page.inventories();
    page.provisions();
    page.phases();
    page.exchanges();
    page.gates();
    page.levers();
    page.questions();
    page.talks();
    page.unevaluated();
    harmless(&page.out)
}

struct Page<'a> {
    checked: &'a Checked,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, words: &str) {
        self.out.push_str(words);
        self.out.push('\n');
    }

    /// The name of a thing, and what stands beside it.
    fn thing(&mut self, words: &str) {
        let mut indent = "  ";
        for part in wrapped(words, WIDTH - 4) {
            let _ = writeln!(self.out, "{indent}{part}");
            indent = "    ";
        }
    }

    fn section(&mut self, title: &str) {
        let _ = write!(self.out, "\n{title}\n");
    }

    /// The sentences of one thing, each once, with the readings it hangs on.
    fn facts(&mut self, of: impl Fn(&Agreement) -> Vec<Fact>) {
        for (label, sentence) in told(self.checked, of) {
            self.fact(label, &sentence);
        }
    }

    fn fact(&mut self, label: &str, sentence: &str) {
        // One space at least, however long the label.
        let mut head = format!("      {label:<width$} ", width = INDENT - 7);
        for part in wrapped(sentence, WIDTH - INDENT) {
            let _ = writeln!(self.out, "{head}{part}");
            head = " ".repeat(INDENT);
        }
    }

    /// What somebody alone says, of what a thing hangs on.
    fn rests(&mut self, depends: &BTreeSet<usize>) {
        if let Some(word) = word_of_one(self.checked, depends) {
            self.fact("rests on", &word);
        }
    }

    fn head(&mut self) {
        let checked = self.checked;
        let agreement = checked.agreement();
        let clock = &agreement.clock;
        self.line(if agreement.title.is_empty() { "An agreement without a title" } else { &agreement.title });
        let signed = agreement.signed.map_or_else(|| "no day of signature".to_owned(), |day| format!("signed {day}"));
        let declared = if clock.day_start_declared { "" } else { " (not said; assumed)" };
        let day = clock.day_start.strftime("%H:%M");
        let zone = &clock.zone_name;
        self.line(&format!("{signed}; times in {zone}; days start at {day}{declared}"));
        for (label, words) in facts::of_document(agreement) {
            self.line(&format!("{label} {words}"));
        }
        let standard = agreement.standard_of_proof * 100.0;
        self.line(
            &format!("a place counts as inside or outside when that is at least {standard:.4} % likely")
                .replace(".0000", ""),
        );
        let all: usize = checked.questions.iter().map(|q| q.labels.len()).product();
        let left = checked.readings.len();
        if !checked.questions.is_empty() {
            let questions = words::count(checked.questions.len(), "open question", "open questions");
            let readings = words::count(all, "reading", "readings");
            let shown = if left < all { format!("; {left} of them shown") } else { String::new() };
            let how = if left > 1 { "; where they differ, [whom each follows]" } else { "" };
            self.line(&format!("{questions}, {readings}{shown}{how}"));
        }
    }

    fn instruments(&mut self) {
        let instruments = &self.checked.agreement().instruments;
        if instruments.is_empty() {
            return;
        }
        self.section("Instruments");
        for instrument in instruments {
            self.thing(&format!("{}: {}", instrument.name, instrument.title));
            let name = instrument.name.as_str();
            self.facts(|a| {
                let found = a.instruments.iter().find(|i| i.name == name);
                found.map(|i| facts::of_instrument(a, i)).unwrap_or_default()
            });
        }
    }

    fn terms(&mut self) {
        let terms = &self.checked.agreement().terms;
        if terms.is_empty() {
            return;
        }
        self.section("Terms");
        for term in terms {
            self.thing(&term.name);
            let (label, words) = facts::of_term(term);
            self.fact(label, &words);
        }
    }

    fn moments(&mut self) {
        let moments = &self.checked.agreement().moments;
        let awaited = &self.checked.agreement().awaited;
        if moments.is_empty() && awaited.is_empty() {
            return;
        }
        self.section("Moments");
        for moment in moments {
            self.thing(&moment.name);
            let name = moment.name.as_str();
            self.facts(|a| {
                let found = a.moments.iter().find(|m| m.name == name);
                found.map(|m| ("is", words::moment(&a.clock, m.at))).into_iter().collect()
            });
            self.rests(&moment.depends);
        }
        for moment in awaited {
            self.thing(&moment.name);
            let name = moment.name.as_str();
            self.facts(|a| {
                let found = a.awaited.iter().find(|m| m.name == name);
                found.map(|m| ("is", format!("{}: it hangs on what happens", m.words))).into_iter().collect()
            });
        }
    }

    fn phases(&mut self) {
        let phases = &self.checked.agreement().phases;
        if phases.is_empty() {
            return;
        }
        self.section("Phases");
        for phase in phases {
            let title = phase.title.as_ref().map(|t| format!(": {t}")).unwrap_or_default();
            self.thing(&format!("{}{title}  (line {})", phase.name, phase.citation.line));
            let name = phase.name.as_str();
            self.facts(|a| {
                let found = a.phases.iter().find(|p| p.name == name);
                found.map(|p| phases::of_phase(a, p)).unwrap_or_default()
            });
        }
    }

    fn exchanges(&mut self) {
        let exchanges = &self.checked.agreement().exchanges;
        if exchanges.is_empty() {
            return;
        }
        self.section("Exchanges");
        for exchange in exchanges {
            self.thing(&format!("{} {}  (line {})", exchange.name, exchange.words, exchange.citation.line));
            let name = exchange.name.as_str();
            self.facts(|a| {
                let found = a.exchanges.iter().find(|e| e.name == name);
                found.map(|e| exchanges::of_exchange(a, e)).unwrap_or_default()
            });
            self.rests(&exchange.depends);
        }
    }

    fn actors(&mut self) {
        let actors = &self.checked.agreement().actors;
        if actors.is_empty() {
            return;
        }
        self.section("Parties and others");
        for actor in actors {
            let described = actor.description.as_ref().map(|d| format!(": {d}")).unwrap_or_default();
            self.thing(&format!("{}, {}{described}", actor.name, actor.role.word()));
            let name = actor.name.as_str();
            self.facts(|a| {
                let found = a.actors.iter().find(|x| x.name == name);
                found.map(|x| facts::of_actor(a, x)).unwrap_or_default()
            });
            self.rests(&actor.depends);
        }
    }

    fn places(&mut self) {
        let places = &self.checked.agreement().places;
        if places.is_empty() {
            return;
        }
        self.section("Places");
        for place in places {
            let described = place.description.as_ref().map(|d| format!(": {d}")).unwrap_or_default();
            self.thing(&format!("{}{described}", place.name));
            let name = place.name.as_str();
            self.facts(|a| a.places.iter().find(|x| x.name == name).map(|x| facts::of_place(a, x)).unwrap_or_default());
            self.rests(&place.depends);
        }
    }

    fn weapons(&mut self) {
        let Agreement { weapons: classes, systems, .. } = self.checked.agreement();
        if classes.is_empty() && systems.is_empty() {
            return;
        }
        self.section("Weapons");
        for class in classes {
            self.thing(&class.name);
            let name = class.name.as_str();
            self.facts(|a| a.weapons.iter().find(|x| x.name == name).map(facts::of_class).unwrap_or_default());
            self.rests(&class.depends);
        }
        for system in systems {
            let name = &system.name;
            self.thing(&format!("\"{name}\""));
            self.facts(|a| a.systems.iter().find(|x| x.name == *name).map(facts::of_system).unwrap_or_default());
            self.rests(&system.depends);
        }
    }

    fn inventories(&mut self) {
        let inventories = &self.checked.agreement().inventories;
        if inventories.is_empty() {
            return;
        }
        self.section("Inventories");
        for inventory in inventories {
            let title = inventory.title.as_ref().map(|t| format!(": {t}")).unwrap_or_default();
            self.thing(&format!("{}{title}", inventory.name));
            let name = inventory.name.as_str();
            self.facts(|a| {
                a.inventories.iter().find(|x| x.name == name).map(|i| facts::of_inventory(a, i)).unwrap_or_default()
            });
        }
    }

    fn provisions(&mut self) {
        let provisions = &self.checked.agreement().provisions;
        if provisions.is_empty() {
            return;
        }
        self.section("Provisions");
        for provision in provisions {
            let title = &provision.citation.title;
            let title = if title.is_empty() { String::new() } else { format!("  {title}") };
            self.thing(&format!("{}{title}  (line {})", provision.id, provision.citation.line));
            let id = provision.id.as_str();
            self.facts(|a| a.provision(id).map(|(_, p)| facts::of_provision(a, p)).unwrap_or_default());
            self.rests(&provision.depends);
        }
    }

    fn gates(&mut self) {
        let gates = &self.checked.agreement().gates;
        if gates.is_empty() {
            return;
        }
        self.section("Gates");
        for gate in gates {
            let title = gate.title.as_ref().map(|t| format!(": {t}")).unwrap_or_default();
            self.thing(&format!("{}{title}  (line {})", gate.name, gate.citation.line));
            let name = gate.name.as_str();
            self.facts(|a| a.gates.iter().find(|g| g.name == name).map(|g| facts::of_gate(a, g)).unwrap_or_default());
            self.rests(&gate.depends);
        }
    }

    fn levers(&mut self) {
        let checked = self.checked;
        if checked.levers.is_empty() {
            return;
        }
        self.section("Levers");
        for lever in &checked.levers {
            self.thing(&format!("{}  (line {})", lever.name, lever.line));
            let clock = &checked.agreement().clock;
            let each =
                lever.values.iter().filter_map(|said| Some((said.words.as_str(), comes_to(lever.unit, said, clock)?)));
            let each: Vec<String> = each.map(|(words, is)| format!("{words} = {is}")).collect();
            self.fact("written", &lever.words);
            if !each.is_empty() {
                self.fact("is", &each.join("; "));
            }
        }
    }

    fn questions(&mut self) {
        let checked = self.checked;
        if checked.questions.is_empty() {
            return;
        }
        self.section("Open questions");
        for (index, (question, bears)) in checked.questions.iter().zip(bears_on(checked)).enumerate() {
            self.thing(&format!("{}. {}", index + 1, question.labels.join(" | ")));
            for bracket in &question.brackets {
                self.fact("written", &bracket.words);
            }
            self.fact("bears on", &bears.join(", "));
            if let Some(settled) = settled(checked, question, index) {
                self.fact("follows", &settled);
            }
        }
    }

    fn talks(&mut self) {
        let checked = self.checked;
        let agreement = checked.agreement();
        if !checked.talks.positions.is_empty() {
            self.section("Positions");
        }
        for position in &checked.talks.positions {
            self.thing(&format!("{}  (line {})", words::names(agreement, position.who), position.line));
            self.told(talks::of_position(position));
        }
        if !checked.talks.approvals.is_empty() {
            self.section("Approvals");
        }
        for approval in &checked.talks.approvals {
            self.thing(&format!("{}  (line {})", talks::principal(agreement, approval), approval.line));
            self.told(talks::of_approval(&agreement.clock, approval));
        }
    }

    /// Sentences that are the same under every reading.
    fn told(&mut self, facts: Vec<Fact>) {
        let mut before = "";
        for (label, sentence) in facts {
            self.fact(if label == before { "" } else { label }, &sentence);
            before = label;
        }
    }

    fn unevaluated(&mut self) {
        let all: Vec<(usize, String, String)> = unevaluated(self.checked);
        if all.is_empty() {
            return;
        }
        self.section("Written, and not evaluated yet");
        for (line, words, why) in all {
            self.thing(&format!("line {line}"));
            self.fact("written", &words);
            self.fact("not evaluated", &why);
        }
    }
}

/// The sentences of one thing, each once, with the readings it hangs on; the
/// label only before the first of several.
pub(super) fn told(checked: &Checked, of: impl Fn(&Agreement) -> Vec<Fact>) -> Vec<Fact> {
    let mut labels: Vec<&'static str> = Vec::new();
    for reading in &checked.readings {
        for (label, _) in of(&reading.agreement) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    let mut out = Vec::new();
    for label in labels {
        let said = versions(checked, |a| {
            of(a).into_iter().filter(|(l, _)| *l == label).map(|(_, words)| words).collect::<Vec<_>>()
        });
        let mut shown = label;
        for version in said {
            let under: Vec<String> = version.under.iter().map(|f| quoted(f)).collect();
            let under = if under.is_empty() { String::new() } else { format!(" [{}]", under.join("; or ")) };
            let sentences = if version.value.is_empty() { vec!["nothing".to_owned()] } else { version.value };
            for sentence in sentences {
                out.push((std::mem::take(&mut shown), format!("{sentence}{under}")));
            }
        }
    }
    out
}

/// What is written and judged by nothing, each once, in the order of the file.
pub(super) fn unevaluated(checked: &Checked) -> Vec<(usize, String, String)> {
    let all = checked.readings.iter().flat_map(|r| &r.agreement.unevaluated);
    let set: BTreeSet<(usize, String, String)> = all.map(|u| (u.line, u.words.clone(), u.why.to_string())).collect();
    set.into_iter().collect()
}

/// The declared things that hang on each question.
pub(super) fn bears_on(checked: &Checked) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = vec![Vec::new(); checked.questions.len()];
    let mut known: HashSet<(usize, &str)> = HashSet::new();
    for reading in &checked.readings {
        let a = &reading.agreement;
        let actors = a.actors.iter().map(|x| (&x.depends, &x.name));
        let places = a.places.iter().map(|x| (&x.depends, &x.name));
        let classes = a.weapons.iter().map(|x| (&x.depends, &x.name));
        let provisions = a.provisions.iter().map(|x| (&x.depends, &x.id));
        let gates = a.gates.iter().map(|x| (&x.depends, &x.name));
        for (depends, name) in actors.chain(places).chain(classes).chain(provisions).chain(gates) {
            for question in depends {
                if known.insert((*question, name))
                    && let Some(names) = found.get_mut(*question)
                {
                    names.push(name.clone());
                }
            }
        }
    }
    for names in found.iter_mut().filter(|names| names.is_empty()) {
        names.push("nothing that is evaluated".to_owned());
    }
    found
}

/// The one alternative that the readings left over follow, if it is one.
pub(super) fn settled(checked: &Checked, question: &Question, index: usize) -> Option<String> {
    let answers: BTreeSet<usize> = checked.readings.iter().filter_map(|r| r.answers.get(index).copied()).collect();
    match (answers.len(), answers.first()) {
        (1, Some(only)) if question.labels.len() > 1 => question.labels.get(*only).cloned(),
        _ => None,
    }
}

fn quoted(followed: &[String]) -> String {
    followed.iter().map(|label| format!("\"{label}\"")).collect::<Vec<_>>().join(" with ")
}

/// The words on lines of at most `width` characters; a longer word stands alone.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}
