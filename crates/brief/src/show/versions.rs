//! One thing under several readings: what differs, and what it hangs on.

use std::collections::BTreeMap;

use armistice_terms::{Agreement, Checked};

/// A value, and the readings under which it holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Version<T> {
    /// The sources that must be followed, one list for each combination of
    /// them; empty if it holds under every reading.
    pub(super) under: Vec<Vec<String>>,
    /// The value.
    pub(super) value: T,
}

/// What `say` says of the agreement under each reading, without repetition, in
/// the order of the readings.
pub(super) fn versions<T: PartialEq>(checked: &Checked, say: impl Fn(&Agreement) -> T) -> Vec<Version<T>> {
    let said: Vec<T> = checked.readings.iter().map(|r| say(&r.agreement)).collect();
    // What is the same under every reading hangs on no question, however many
    // there are; and one with a single alternative makes no reading.
    if said.iter().all(|value| said.first() == Some(value)) {
        return said.into_iter().take(1).map(|value| Version { under: Vec::new(), value }).collect();
    }
    let open: Vec<usize> = (0..).zip(&checked.questions).filter(|(_, q)| q.labels.len() > 1).map(|(i, _)| i).collect();
    let matters: Vec<usize> = open.iter().copied().filter(|q| question_matters(checked, &said, &open, *q)).collect();
    let mut found: Vec<Version<T>> = Vec::new();
    for (reading, value) in checked.readings.iter().zip(said) {
        let followed: Vec<String> = matters
            .iter()
            .filter_map(|q| {
                let question = checked.questions.get(*q)?;
                question.labels.get(*reading.answers.get(*q)?).cloned()
            })
            .collect();
        match found.iter_mut().find(|v| v.value == value) {
            Some(version) if version.under.contains(&followed) => {}
            Some(version) => version.under.push(followed),
            None => found.push(Version { under: vec![followed], value }),
        }
    }
    for version in &mut found {
        version.under.retain(|followed| !followed.is_empty());
    }
    found
}

/// Whether two readings that differ in this answer alone say different things,
/// of all the answers to what is open.
fn question_matters<T: PartialEq>(checked: &Checked, said: &[T], open: &[usize], question: usize) -> bool {
    let mut first: BTreeMap<Vec<usize>, &T> = BTreeMap::new();
    checked.readings.iter().zip(said).any(|(reading, value)| {
        let others = open.iter().filter(|other| **other != question);
        let others = others.filter_map(|other| reading.answers.get(*other).copied()).collect();
        *first.entry(others).or_insert(value) != value
    })
}
