//! What is told of one thing alone: the note that an editor shows beside it.

use armistice_terms::{Agreement, Checked};

use super::facts::{self, Fact};
use super::text::told;
use super::words;

/// One thing of an agreement, and what is told of it under every reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it is called, and what it is.
    pub title: String,
    /// A label and a sentence; the label is empty where it is that of the line
    /// above.
    pub facts: Vec<(&'static str, String)>,
}

/// The card of a declared name; `None` if nothing that is evaluated bears it.
///
/// ```
/// let text = "agreement \"A\"\n  times in UTC\nmoment D is 2016-09-12 19:00\n";
/// let checked = armistice_terms::check(text, armistice_terms::Form::Plain, &|_| Err("no files".into()));
/// let card = armistice_brief::card_of_name(&checked, "D").unwrap();
/// assert_eq!(card.facts, [("is", "2016-09-12 19:00 UTC".to_owned())]);
/// ```
#[must_use]
pub fn card_of_name(checked: &Checked, name: &str) -> Option<Card> {
    let agreement = checked.agreement();
    if let Some(actor) = agreement.actors.iter().find(|x| x.name == name) {
        let title = titled(&format!("{name}, {}", actor.role.word()), actor.description.as_deref());
        return card(checked, title, |a| a.actors.iter().find(|x| x.name == name).map(|x| facts::of_actor(a, x)));
    }
    if let Some(place) = agreement.places.iter().find(|x| x.name == name) {
        let title = titled(name, place.description.as_deref());
        return card(checked, title, |a| a.places.iter().find(|x| x.name == name).map(|x| facts::of_place(a, x)));
    }
    if agreement.weapons.iter().any(|x| x.name == name) {
        let find = |a: &Agreement| a.weapons.iter().find(|x| x.name == name).map(facts::of_class);
        return card(checked, name.to_owned(), find);
    }
    if let Some(gate) = agreement.gates.iter().find(|x| x.name == name) {
        let title = titled(&format!("{name}, gate"), gate.title.as_deref());
        return card(checked, title, |a| a.gates.iter().find(|x| x.name == name).map(|x| facts::of_gate(a, x)));
    }
    if checked.readings.iter().any(|r| r.agreement.moments.iter().any(|m| m.name == name)) {
        return card(checked, format!("{name}, moment"), |a| {
            let found = a.moments.iter().find(|m| m.name == name)?;
            Some(vec![("is", words::moment(&a.clock, found.at))])
        });
    }
    None
}

/// The card of a provision.
#[must_use]
pub fn card_of_provision(checked: &Checked, id: &str) -> Option<Card> {
    let (_, provision) = checked.agreement().provision(id)?;
    let title = titled(id, Some(provision.citation.title.as_str()));
    card(checked, title, |a| a.provision(id).map(|(_, p)| facts::of_provision(a, p)))
}

/// What a moment comes to that is written at these bytes of the page.
#[must_use]
pub fn card_of_moment(checked: &Checked, at: usize) -> Option<Card> {
    card(checked, String::new(), |a| {
        let (_, found) = a.resolved.iter().find(|(span, _)| span.contains(&at))?;
        Some(vec![("is", words::moment(&a.clock, *found))])
    })
    .filter(|card| !card.facts.is_empty())
}

fn card(checked: &Checked, title: String, of: impl Fn(&Agreement) -> Option<Vec<Fact>>) -> Option<Card> {
    Some(Card { title, facts: told(checked, |a| of(a).unwrap_or_default()) })
}

fn titled(name: &str, description: Option<&str>) -> String {
    match description.filter(|words| !words.is_empty()) {
        Some(words) => format!("{name}: {words}"),
        None => name.to_owned(),
    }
}
