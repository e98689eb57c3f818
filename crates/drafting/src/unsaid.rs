//! What a text leaves open without a bracket: words that are not public, and
//! words that say nothing yet.

use std::collections::{BTreeSet, HashMap, HashSet};

use armistice_terms::{Agreement, Checked, Duty, NotEvaluable};

/// Something that exists, or ought to, and cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unsaid {
    /// The line it begins on.
    pub line: usize,
    /// A provision's id, a gate's name, or the words that are left undefined.
    pub what: String,
    /// Why it cannot be read.
    pub why: String,
    /// The provisions that nothing can decide because of it.
    pub reaches: Vec<String>,
}

/// What is not public or not defined, in the order of the text.
#[must_use]
pub fn unsaid(checked: &Checked) -> Vec<Unsaid> {
    let mut found: BTreeSet<Unsaid> = BTreeSet::new();
    for reading in &checked.readings {
        of(&reading.agreement, &mut found);
    }
    found.into_iter().collect()
}

fn of(agreement: &Agreement, found: &mut BTreeSet<Unsaid>) {
    let gap = |why: &NotEvaluable| matches!(why, NotEvaluable::TextNotPublic(_) | NotEvaluable::Undefined(_));
    let mut blinded: HashMap<&NotEvaluable, Vec<String>> = HashMap::new();
    for provision in &agreement.provisions {
        if let Duty::NotEvaluable(why) = &provision.duty {
            blinded.entry(why).or_default().push(provision.id.clone());
        }
    }
    let blind = |why| blinded.get(why).cloned().unwrap_or_default();
    // Lines, areas and terms: what stands on them is told with them.
    let others: Vec<&_> = agreement.unevaluated.iter().filter(|other| gap(&other.why)).collect();
    let told: HashSet<&NotEvaluable> = others.iter().map(|other| &other.why).collect();
    for other in &others {
        let (what, why) = (other.words.clone(), other.why.to_string());
        found.insert(Unsaid { line: other.line, what, why, reaches: blind(&other.why) });
    }
    for provision in &agreement.provisions {
        if let Duty::NotEvaluable(why) = &provision.duty
            && gap(why)
            && !told.contains(why)
        {
            let (line, what) = (provision.citation.line, provision.id.clone());
            found.insert(Unsaid { line, what, why: why.to_string(), reaches: Vec::new() });
        }
    }
    for gate in &agreement.gates {
        if let Some(why) = gate.not_evaluable.as_ref().filter(|why| gap(why)) {
            let (line, what) = (gate.citation.line, gate.name.clone());
            found.insert(Unsaid { line, what, why: why.to_string(), reaches: Vec::new() });
        }
    }
}
