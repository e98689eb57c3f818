//! Two texts side by side, reading by reading.
//!
//! A question that both leave open is answered alike in both. One that only one
//! of them leaves open is answered in every way: what changes under some answers
//! only is told with them.

use std::collections::{BTreeMap, BTreeSet};

use armistice_terms::{Agreement, Checked, Reading};

use super::change::{Aspect, Change, Under};

/// More pairs of readings than this are not compared one by one.
const MOST_PAIRS: usize = 4096;

/// The questions of two texts, and the readings that are compared.
pub(super) struct Sides<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
    /// Questions of both: of the old, and of the new.
    pub(super) shared: Vec<(usize, usize)>,
}

/// One text, and which answers to its questions are compared.
pub(super) struct Side<'a> {
    pub(super) checked: &'a Checked,
    /// The answer taken for questions that the other text has settled.
    pub(super) settled: BTreeMap<usize, usize>,
}

/// One reading as far as it matters: the answers that differ, by their sources.
struct Sight<'a> {
    shared: Vec<(usize, &'a str)>,
    own: Vec<(usize, &'a str)>,
    image: usize,
}

impl<'a> Side<'a> {
    fn label(&self, question: usize, answer: usize) -> &'a str {
        let question = self.checked.questions.get(question);
        question.and_then(|q| q.labels.get(answer)).map(String::as_str).unwrap_or_default()
    }

    /// The readings that take the settled answers.
    pub(super) fn readings(&self) -> impl Iterator<Item = &'a Reading> + use<'_, 'a> {
        let fits = |reading: &&Reading| self.settled.iter().all(|(q, a)| reading.answers.get(*q) == Some(a));
        self.checked.readings.iter().filter(fits)
    }

    /// The distinct readings as far as these questions go.
    fn sights<I: PartialEq>(
        &self,
        depends: &BTreeSet<usize>,
        shared: &BTreeMap<usize, usize>,
        image: impl Fn(&Agreement) -> I,
        images: &mut Vec<I>,
    ) -> Vec<Sight<'a>> {
        let mut seen: BTreeSet<Vec<(usize, usize)>> = BTreeSet::new();
        let mut sights = Vec::new();
        for reading in self.readings() {
            let answers: Vec<(usize, usize)> =
                depends.iter().filter_map(|q| Some((*q, *reading.answers.get(*q)?))).collect();
            if !seen.insert(answers.clone()) {
                continue;
            }
            let found = image(&reading.agreement);
            let image = images.iter().position(|known| *known == found).unwrap_or_else(|| {
                images.push(found);
                images.len() - 1
            });
            let mut sight = Sight { shared: Vec::new(), own: Vec::new(), image };
            for (question, answer) in answers {
                let label = self.label(question, answer);
                match shared.get(&question) {
                    Some(number) => sight.shared.push((*number, label)),
                    None if self.settled.contains_key(&question) => {}
                    None => sight.own.push((question, label)),
                }
            }
            sights.push(sight);
        }
        sights
    }
}

impl<'a> Sides<'a> {
    /// What changes from the old text to the new, each change once, with the
    /// readings under which it does if it does not under all.
    pub(super) fn changes<I: PartialEq>(
        &self,
        depends: (&BTreeSet<usize>, &BTreeSet<usize>),
        image: (impl Fn(&Agreement) -> I, impl Fn(&Agreement) -> I),
        compare: impl Fn(&I, &I) -> Vec<Change>,
    ) -> Vec<Change> {
        let of_old: BTreeMap<usize, usize> = self.shared.iter().enumerate().map(|(n, (old, _))| (*old, n)).collect();
        let of_new: BTreeMap<usize, usize> = self.shared.iter().enumerate().map(|(n, (_, new))| (*new, n)).collect();
        // A question that one of the two hangs on sorts the readings of both.
        let both = |n: &usize| self.shared.get(*n).copied();
        let asked: BTreeSet<usize> = depends.0.iter().filter_map(|q| of_old.get(q)).copied().collect();
        let asked: BTreeSet<usize> =
            asked.into_iter().chain(depends.1.iter().filter_map(|q| of_new.get(q)).copied()).collect();
        let mut old_depends = depends.0.clone();
        old_depends.extend(asked.iter().filter_map(both).map(|(old, _)| old));
        let mut new_depends = depends.1.clone();
        new_depends.extend(asked.iter().filter_map(both).map(|(_, new)| new));
        let (mut old_images, mut new_images) = (Vec::new(), Vec::new());
        let old = self.old.sights(&old_depends, &of_old, image.0, &mut old_images);
        let new = self.new.sights(&new_depends, &of_new, image.1, &mut new_images);
        let pairs = old.iter().flat_map(|o| new.iter().filter(|n| n.shared == o.shared).map(move |n| (o, n)));
        let pairs: Vec<(&Sight<'_>, &Sight<'_>)> = pairs.take(MOST_PAIRS + 1).collect();
        if pairs.len() > MOST_PAIRS {
            let versions = |count: usize| format!("one of {count} versions");
            return vec![Change::words(Aspect::Act, versions(old_images.len()), versions(new_images.len()))];
        }
        let mut known: BTreeMap<(usize, usize), Vec<Change>> = BTreeMap::new();
        let mut found: Vec<(Change, Vec<usize>)> = Vec::new();
        for (number, (o, n)) in pairs.iter().enumerate() {
            let changes = known.entry((o.image, n.image)).or_insert_with(|| {
                old_images.get(o.image).zip(new_images.get(n.image)).map(|(o, n)| compare(o, n)).unwrap_or_default()
            });
            for change in changes.iter() {
                match found.iter_mut().find(|(known, _)| known == change) {
                    Some((_, numbers)) => numbers.push(number),
                    None => found.push((change.clone(), vec![number])),
                }
            }
        }
        found
            .into_iter()
            .map(|(mut change, numbers)| {
                if numbers.len() < pairs.len() {
                    change.under = conditions(&pairs, &numbers);
                }
                change
            })
            .collect()
    }
}

/// The readings among all pairs under which something happens, without the
/// questions that make no difference to it.
fn conditions(pairs: &[(&Sight<'_>, &Sight<'_>)], happens: &[usize]) -> Vec<Under> {
    let happens: BTreeSet<usize> = happens.iter().copied().collect();
    let coordinates = |(old, new): &(&Sight<'_>, &Sight<'_>)| -> BTreeMap<(u8, usize), String> {
        let part = |side: u8, all: &[(usize, &str)]| -> Vec<((u8, usize), String)> {
            all.iter().map(|(question, label)| ((side, *question), (*label).to_owned())).collect()
        };
        [part(0, &old.shared), part(1, &old.own), part(2, &new.own)].concat().into_iter().collect()
    };
    let all: Vec<BTreeMap<(u8, usize), String>> = pairs.iter().map(coordinates).collect();
    let questions: BTreeSet<(u8, usize)> = all.iter().flat_map(|c| c.keys().copied()).collect();
    let mut matters: BTreeSet<(u8, usize)> = BTreeSet::new();
    for question in questions {
        // Does it, of two pairs that differ in this answer alone, happen in one?
        let mut others: BTreeMap<Vec<&String>, bool> = BTreeMap::new();
        let differs = all.iter().enumerate().any(|(number, c)| {
            let rest: Vec<&String> = c.iter().filter(|(key, _)| **key != question).map(|(_, label)| label).collect();
            let here = happens.contains(&number);
            *others.entry(rest).or_insert(here) != here
        });
        if differs {
            matters.insert(question);
        }
    }
    let mut found: Vec<Under> = Vec::new();
    for c in all.iter().enumerate().filter(|(number, _)| happens.contains(number)).map(|(_, c)| c) {
        let of = |side: u8| -> Vec<String> {
            c.iter().filter(|(key, _)| key.0 == side && matters.contains(key)).map(|(_, label)| label.clone()).collect()
        };
        let under = Under { both: of(0), old: of(1), new: of(2) };
        if !found.contains(&under) {
            found.push(under);
        }
    }
    found
}
