//! What changed in meaning between two texts, as a page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use armistice_drafting::{Became, Choice, Cited, Consequences, Difference, PointChange, ProvisionChange, Taken, Thing};
use armistice_terms::Checked;

use super::meant::meant_text;
use super::words::{Teller, effect, what};
use crate::show::words::list;

/// Two texts, and what changed from the one to the other.
#[derive(Clone, Copy, Debug)]
pub struct TwoTexts<'a> {
    /// The old text.
    pub old: &'a Checked,
    /// The new.
    pub new: &'a Checked,
    /// What changed.
    pub difference: &'a Difference,
    /// What that would have meant for past records, if they were asked about.
    pub meant: Option<Meant<'a>>,
}

/// What a change would have meant for the records both texts were assessed on.
#[derive(Clone, Copy, Debug)]
pub struct Meant<'a> {
    /// The findings, standings and gates that are otherwise.
    pub consequences: &'a Consequences,
    /// How many records tell of the period.
    pub records: u64,
    /// The period: its first second, and the first after it.
    pub window: (i64, i64),
}

/// What changed, in words.
#[must_use]
pub fn difference_text(texts: TwoTexts<'_>) -> String {
    let teller = texts.teller();
    let mut page = Page { texts, teller, out: String::new() };
    page.head();
    page.points();
    page.things();
    page.provisions();
    page.written();
    if let Some(meant) = texts.meant {
        page.out.push_str(&meant_text(meant, &texts.new.agreement().clock));
    }
    page.out
}

impl<'a> TwoTexts<'a> {
    pub(super) fn teller(&self) -> Teller<'a> {
        Teller { old: &self.old.agreement().clock, new: &self.new.agreement().clock }
    }
}

struct Page<'a> {
    texts: TwoTexts<'a>,
    teller: Teller<'a>,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, indent: usize, words: &str) {
        let _ = writeln!(self.out, "{:indent$}{words}", "");
    }

    fn section(&mut self, title: &str) {
        let _ = write!(self.out, "\n{title}\n");
    }

    fn head(&mut self) {
        let difference = self.texts.difference;
        let title = |checked: &Checked| checked.agreement().title.clone();
        self.line(0, &format!("Old text: {}", title(self.texts.old)));
        self.line(0, &format!("New text: {}", title(self.texts.new)));
        if difference.is_none() {
            self.line(0, "They mean the same: no difference but in words, names or numbers.");
        }
        if !difference.head.is_empty() {
            self.section("For the whole text");
        }
        for change in &difference.head {
            self.line(2, &self.teller.sentence(change, None));
        }
    }

    fn points(&mut self) {
        let points = &self.texts.difference.points;
        if !points.is_empty() {
            self.section("Open points");
        }
        for point in points {
            self.line(2, &format!("{}: {}", point.name, became(point)));
            if !point.provisions.is_empty() {
                let ids: Vec<&str> = point.provisions.iter().map(String::as_str).collect();
                self.line(6, &format!("bears on {}", list(&ids, "and")));
            }
        }
    }

    fn things(&mut self) {
        const SECTIONS: &[(&str, &str)] = &[
            ("instrument", "Documents"),
            ("term", "Words and their meanings"),
            ("party", "Parties and others"),
            ("moment", "Moments"),
            ("awaited", "Moments that hang on what happens"),
            ("place", "Places"),
            ("weapons", "Weapons"),
            ("system", "Weapon systems"),
            ("inventory", "Declared stocks"),
            ("exchange", "Exchanges"),
            ("phase", "Phases"),
            ("gate", "Gates"),
        ];
        for (sort, title) in SECTIONS {
            let things: Vec<&Thing> = self.texts.difference.things.iter().filter(|t| t.sort == *sort).collect();
            if !things.is_empty() {
                self.section(title);
            }
            for thing in things {
                self.thing(thing);
            }
        }
    }

    fn thing(&mut self, thing: &Thing) {
        match (&thing.old, &thing.new) {
            (Some(old), Some(new)) if old == new => self.line(2, new),
            (Some(old), Some(new)) => self.line(2, &format!("{new}, which was called {old}")),
            (None, Some(new)) => self.line(2, &format!("{new}, new")),
            (Some(old), None) => self.line(2, &format!("{old}, gone")),
            (None, None) => {}
        }
        for change in &thing.changes {
            self.line(6, &self.teller.sentence(change, None));
        }
        if !thing.changes.is_empty() || thing.old.is_none() || thing.new.is_none() {
            for (effect, ids) in self.bears_on(thing) {
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                self.line(6, &format!("bears on {}{effect}", list(&ids, "and")));
            }
        }
    }

    /// The provisions that a thing reaches, by what its change does to whom.
    fn bears_on(&self, thing: &Thing) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for id in &thing.reaches {
            let provision = self.texts.difference.provisions.iter().find(|p| p.id() == id);
            let changes = provision.map(|p| p.changes.as_slice()).unwrap_or_default();
            let through = changes.iter().filter(|c| c.through.is_some() && c.through == thing.new);
            let effects: BTreeSet<String> = through.map(|c| effect(c.effect, &c.whom)).collect();
            // One that is stricter in one thing and looser in another is neither.
            let effect =
                if effects.len() == 1 { effects.into_iter().next().unwrap_or_default() } else { String::new() };
            found.entry(effect).or_default().push(id.clone());
        }
        found
    }

    fn provisions(&mut self) {
        let difference = self.texts.difference;
        // What came about through a declared thing is told with that.
        let itself = |p: &ProvisionChange| p.changes.iter().any(|c| c.through.is_none());
        let there = |p: &ProvisionChange| p.old.is_some() && p.new.is_some();
        let all = difference.provisions.iter();
        let changed: Vec<&ProvisionChange> = all.clone().filter(|p| itself(p) || !there(p)).collect();
        let renumbered = |p: &&ProvisionChange| p.old.as_ref().map(|c| &c.id) != p.new.as_ref().map(|c| &c.id);
        let moved: Vec<&ProvisionChange> = all.filter(|p| there(p) && !itself(p)).filter(renumbered).collect();
        if !changed.is_empty() {
            self.section("Provisions");
        }
        for provision in changed {
            self.provision(provision);
        }
        if !moved.is_empty() {
            self.section("Renumbered");
        }
        for provision in moved {
            if let (Some(old), Some(new)) = (&provision.old, &provision.new) {
                self.line(2, &format!("{} is now {}  (line {})", old.id, new.id, new.line));
            }
        }
    }

    fn provision(&mut self, provision: &ProvisionChange) {
        let title = |cited: &Cited| if cited.title.is_empty() { String::new() } else { format!("  {}", cited.title) };
        match (&provision.old, &provision.new) {
            (Some(old), Some(new)) => {
                let was = if old.id == new.id { String::new() } else { format!("; was {}", old.id) };
                self.line(2, &format!("{}{}  (line {}{was})", new.id, title(new), new.line));
            }
            (None, Some(new)) => {
                self.line(2, &format!("{}{}  (line {}), new", new.id, title(new), new.line));
                self.whole(provision, new);
            }
            (Some(old), None) => {
                self.line(2, &format!("{}{}, gone", old.id, title(old)));
                self.whole(provision, old);
            }
            (None, None) => {}
        }
        let texts = self.texts;
        let of = |cited: &Option<Cited>, checked: &'_ Checked| {
            let at = cited.as_ref().map(|cited| cited.index);
            what(at.and_then(|at| checked.agreement().provisions.get(at)).map(|p| &**p)).map(str::to_owned)
        };
        let what = of(&provision.new, texts.new).or_else(|| of(&provision.old, texts.old));
        for change in provision.changes.iter().filter(|change| change.through.is_none()) {
            self.line(6, &self.teller.sentence(change, what.as_deref()));
        }
    }

    /// All of a provision that is new or gone.
    fn whole(&mut self, provision: &ProvisionChange, cited: &Cited) {
        let who: Vec<&str> = cited.bound.iter().map(String::as_str).collect();
        let who = if who.is_empty() { String::new() } else { format!("{} ", list(&who, "and")) };
        let effect = provision.effect().map(|(e, whom)| effect(Some(e), whom)).unwrap_or_default();
        self.line(6, &format!("{who}{}{effect}", cited.act));
    }

    fn written(&mut self) {
        let written = &self.texts.difference.written;
        if !written.is_empty() {
            self.section("Written, and evaluated by nothing");
        }
        for change in written {
            self.line(2, &self.teller.sentence(change, None));
        }
    }
}

/// What became of a question, in words.
pub(super) fn became(point: &PointChange) -> String {
    let told = |choice: &Choice| format!("{} (\"{}\")", choice.words, choice.source);
    let listed = |choices: &[Choice], last: &str| {
        let all: Vec<String> = choices.iter().map(told).collect();
        list(&all.iter().map(String::as_str).collect::<Vec<_>>(), last)
    };
    match &point.became {
        Became::Settled { on: Taken::This(on), others } if others.is_empty() => {
            format!("no longer flagged: {}", told(on))
        }
        Became::Settled { on: Taken::This(on), others } => {
            format!("settled on {}, not {}", told(on), listed(others, "or"))
        }
        Became::Settled { on: Taken::Neither, others } => {
            format!("no longer open; the new text takes neither {}", listed(others, "nor"))
        }
        Became::Settled { on: Taken::Untold, others } => {
            format!("no longer open; of {}, it cannot be told which was taken", listed(others, "and"))
        }
        Became::Opened { from: Taken::This(from), others } if others.is_empty() => {
            format!("now flagged: {}", told(from))
        }
        Became::Opened { from: Taken::This(from), others } => {
            format!("opened: beside {} there is now {}", told(from), listed(others, "and"))
        }
        Became::Opened { from: Taken::Neither, others } => {
            format!("opened: {}; the old text had none of them", listed(others, "or"))
        }
        Became::Opened { from: Taken::Untold, others } => {
            format!("opened: {}; which stood before cannot be told", listed(others, "or"))
        }
        Became::Altered { added, dropped } => {
            let parts = [("new alternatives", added), ("alternatives gone", dropped)];
            let told = parts.iter().filter(|(_, choices)| !choices.is_empty());
            told.map(|(what, choices)| format!("{what}: {}", listed(choices, "and"))).collect::<Vec<_>>().join("; ")
        }
    }
}
