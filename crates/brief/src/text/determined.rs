//! What bodies have determined, and what lies before them.

use armistice_assess::{Assessment, Before, Determination, Referred, Truth};

use super::{labelled, push, section};
use crate::Report;
use crate::words::{days, local, reading_phrase};

/// Determinations on record, and matters that were referred.
pub(super) fn determined(report: &Report<'_>, out: &mut String) {
    let assessment = report.assessment;
    if assessment.determined.is_empty() && assessment.referred.is_empty() {
        return;
    }
    section(out, "Determined by bodies");
    push(out, "Who determined what, and under which rule. It stands beside what is found here and changes none of it.");
    for (words, variants) in together(&assessment.determined, |one| (words_of(assessment, one), one.variant)) {
        labelled(out, "  - ", 4, &format!("{}{words}", whose(assessment, &variants)));
    }
    for (words, variants) in together(&assessment.referred, |one| (referral(assessment, one), one.variant)) {
        labelled(out, "  - ", 4, &format!("{}{words}", whose(assessment, &variants)));
    }
}

/// What reads alike under several readings is said once.
fn together<T>(all: &[T], told: impl Fn(&T) -> (String, usize)) -> Vec<(String, Vec<usize>)> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for one in all {
        let (words, variant) = told(one);
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, variants)) => variants.push(variant),
            None => groups.push((words, vec![variant])),
        }
    }
    groups
}

/// The reading that has it so, where not every one has.
fn whose(assessment: &Assessment<'_>, variants: &[usize]) -> String {
    let index = |number: &usize| assessment.variants.get(*number).map(|v| v.index);
    let first = variants.first().and_then(index);
    let all = assessment.variants.iter().filter(|v| Some(v.index) == first).count();
    if variants.len() >= all {
        return String::new();
    }
    let answers: Vec<_> =
        variants.iter().filter_map(|n| assessment.variants.get(*n)).map(|v| v.answers.clone()).collect();
    format!("as {} has it, ", reading_phrase(assessment.checked, &answers))
}

fn provision<'a>(assessment: &'a Assessment<'_>, variant: usize) -> &'a str {
    assessment.variants.get(variant).map(|v| v.provision.id.as_str()).unwrap_or_default()
}

fn name<'a>(assessment: &'a Assessment<'_>, actor: usize) -> &'a str {
    assessment.checked.agreement().actors.get(actor).map(|a| a.name.as_str()).unwrap_or_default()
}

/// Whether a determination counts, in words.
const fn counts(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "counts",
        Truth::Unknown => "whether it counts cannot be told",
        Truth::False => "does not count",
    }
}

fn words_of(assessment: &Assessment<'_>, one: &Determination) -> String {
    let agreement = assessment.checked.agreement();
    let found = if one.done { "done or kept" } else { "not done or not kept" };
    let votes = [("in favour", one.votes.in_favour), ("dissent", one.votes.opposed), ("absent", one.votes.absent)];
    let votes = votes.into_iter().filter(|(_, who)| !who.is_empty());
    let votes: String = votes.map(|(how, who)| format!("; {how}: {}", agreement.names_of(who))).collect();
    let note = one.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    format!(
        "{}: {} determined on {} that it was {found}, of {}{votes}{note}; {}: {} [{}]",
        provision(assessment, one.variant),
        name(assessment, one.body),
        days(assessment.checked, one.when.0, one.when.1),
        one.about.join(", "),
        counts(one.counts),
        one.because,
        one.notice,
    )
}

fn referral(assessment: &Assessment<'_>, one: &Referred) -> String {
    let agreement = assessment.checked.agreement();
    let until = one.until.map(|at| local(assessment.checked, at)).unwrap_or_default();
    let next = agreement.names_of(one.next);
    let on = if next.is_empty() { String::new() } else { format!("; the text hands it on to {next}") };
    let what = match one.state {
        Before::Determined => format!("determined in time, by {until}"),
        Before::CannotTell => "whether it was determined in time cannot be told".to_owned(),
        Before::Pending => format!("its time runs until {until}"),
        Before::RanOut => format!("no determination is on record by {until}, when its time had run out{on}"),
        Before::NoTime => "no determination is on record, and the text sets no time".to_owned(),
    };
    let before = name(assessment, one.body);
    format!("{}: put before {before}: {what} [{}]", provision(assessment, one.variant), one.notice)
}
