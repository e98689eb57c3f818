//! What changed in meaning between two texts, for programs.

use armistice_drafting::{
    Aspect, Became, Change, Choice, Cited, How, PointChange, ProvisionChange, Taken, Thing, Under,
};
use serde_json::{Value, json};

use super::difference::{TwoTexts, became};
use super::meant::meant_json;
use super::words::{Teller, what, word};
use crate::show::instant;

/// What changed, as one JSON object: every change with its words.
#[must_use]
pub fn difference_json(texts: TwoTexts<'_>) -> Value {
    let teller = texts.teller();
    let difference = texts.difference;
    let changes = |all: &[Change]| all.iter().map(|c| change(teller, c, None)).collect::<Vec<_>>();
    json!({
        "format": "armistice.difference/1",
        "old": texts.old.agreement().title,
        "new": texts.new.agreement().title,
        "same_meaning": difference.is_none(),
        "head": changes(&difference.head),
        "points": difference.points.iter().map(point).collect::<Vec<_>>(),
        "things": difference.things.iter().map(|t| thing(teller, t)).collect::<Vec<_>>(),
        "provisions": difference.provisions.iter().map(|p| provision(texts, teller, p)).collect::<Vec<_>>(),
        "written": changes(&difference.written),
        "meant": texts.meant.map(|meant| meant_json(meant, teller.new)),
    })
}

fn change(teller: Teller<'_>, change: &Change, what: Option<&str>) -> Value {
    let under: Vec<Value> =
        change.under.iter().map(|Under { both, old, new }| json!({ "both": both, "old": old, "new": new })).collect();
    let (old, new) = match &change.how {
        How::Added(thing) => (Value::Null, json!(thing)),
        How::Dropped(thing) => (json!(thing), Value::Null),
        How::Words { old, new } => (json!(old), json!(new)),
        How::Length { old, new } => (json!({ "m": old.get() }), json!({ "m": new.get() })),
        How::Time { old, new } => (instant(teller.old, *old), instant(teller.new, *new)),
        How::Count { old, new } => (json!(old), json!(new)),
        How::Moved(by) => (Value::Null, json!({ "moved_by_m": by.map(|by| by.get()) })),
    };
    json!({
        "aspect": aspect(change.aspect),
        "old": old,
        "new": new,
        "words": teller.change(change, what),
        "effect": change.effect.map(word),
        "whom": change.whom,
        "through": change.through,
        "under": under,
    })
}

/// `GoodTo` as `good_to`.
fn aspect(aspect: Aspect) -> String {
    let mut out = String::new();
    for c in format!("{aspect:?}").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn point(point: &PointChange) -> Value {
    let one = |choice: &Choice| json!({ "source": choice.source, "words": choice.words });
    let all = |choices: &[Choice]| choices.iter().map(one).collect::<Vec<_>>();
    let taken = |taken: &Taken| match taken {
        Taken::This(choice) => one(choice),
        Taken::Neither => json!("neither"),
        Taken::Untold => Value::Null,
    };
    let (what, taken, others, dropped) = match &point.became {
        Became::Settled { on, others } => ("settled", taken(on), all(others), Vec::new()),
        Became::Opened { from, others } => ("opened", taken(from), all(others), Vec::new()),
        Became::Altered { added, dropped } => ("altered", Value::Null, all(added), all(dropped)),
    };
    json!({
        "name": point.name,
        "became": what,
        "taken": taken,
        "others": others,
        "dropped": dropped,
        "provisions": point.provisions,
        "words": became(point),
    })
}

fn thing(teller: Teller<'_>, thing: &Thing) -> Value {
    json!({
        "sort": thing.sort,
        "old": thing.old,
        "new": thing.new,
        "changes": thing.changes.iter().map(|c| change(teller, c, None)).collect::<Vec<_>>(),
        "bears_on": thing.reaches,
    })
}

fn provision(texts: TwoTexts<'_>, teller: Teller<'_>, provision: &ProvisionChange) -> Value {
    let at = provision.new.as_ref().and_then(|cited| texts.new.agreement().provisions.get(cited.index));
    let effect = provision.effect();
    let cited = |cited: &Option<Cited>| {
        cited.as_ref().map(|c| json!({ "id": c.id, "title": c.title, "line": c.line, "bound": c.bound, "act": c.act }))
    };
    json!({
        "old": cited(&provision.old),
        "new": cited(&provision.new),
        "changes": provision.changes.iter().map(|c| change(teller, c, what(at.map(|p| &**p)))).collect::<Vec<_>>(),
        "effect": effect.map(|(effect, _)| word(effect)),
        "whom": effect.map(|(_, whom)| whom),
    })
}
