//! What a change of the text would have meant for past records: both texts
//! assessed on the same evidence over the same period, finding by finding.

use std::collections::{BTreeMap, BTreeSet};

use armistice_assess::{Assessment, GateClock, Standing, Verdict};
use armistice_terms::Checked;

use crate::difference::{Difference, Paired, ProvisionChange, Thing};

/// What the findings, standings and gates of one text are in the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// Provisions of which any finding or standing is otherwise, in the order of
    /// the old text and then of the new.
    pub provisions: Vec<Consequence>,
    /// Gates whose clocks are otherwise.
    pub gates: Vec<GateConsequence>,
}

/// What one provision's findings and standings are in the other text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// The provision's number in the new text, or in the old if it is gone.
    pub id: String,
    /// Why.
    pub because: Because,
    /// The records whose findings are otherwise.
    pub moves: Vec<Move>,
    /// The standings that are otherwise.
    pub standings: Vec<StandingMove>,
}

/// What in the text brought a consequence about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// The provision itself changed, is new or is gone: see
    /// [`Difference::provisions`].
    Itself,
    /// Declared things that bear on it changed, are new or are gone.
    Things(Vec<String>),
    /// What holds for the whole text changed.
    Head,
    /// Only others changed, and what they come to bears on it.
    Others,
}

/// Records that were one thing under the old text and are another under the new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Under the old text.
    pub was: Answer,
    /// Under the new.
    pub is: Answer,
    /// The records, by id.
    pub records: Vec<String>,
}

/// What a record comes to under a provision, all readings together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// The text has no such provision.
    NotThere,
    /// Records are not judged under it.
    NotJudged,
    /// The same under every reading.
    All(Verdict),
    /// A recorded breach under one reading, and not under another.
    BreachUnderSome,
    /// One thing under one reading, another under another, and no recorded breach
    /// under any.
    Disputed,
}

/// A standing that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingMove {
    /// The party, or nobody for the provision as a whole.
    pub party: Option<String>,
    /// Under the old text, if it has one there.
    pub was: Option<Standing>,
    /// Under the new.
    pub is: Option<Standing>,
}

/// A gate that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateConsequence {
    /// Its name.
    pub name: String,
    /// Under the old text, if it is there.
    pub was: Option<GateDays>,
    /// Under the new.
    pub is: Option<GateDays>,
}

/// A gate's clock, over all readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateDays {
    /// How it stands: one word for each way it stands under some reading.
    pub states: BTreeSet<&'static str>,
    /// How many days in a row it asks for.
    pub needed: u32,
    /// The longest run of days without a recorded breach: least and most.
    pub longest: (u32, u32),
}

impl Answer {
    /// The answer, as words for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotThere => "no such provision",
            Self::NotJudged => "not judged",
            Self::All(verdict) => verdict.word(),
            Self::BreachUnderSome => "recorded breach under some readings only",
            Self::Disputed => "disputed between readings, a recorded breach under none",
        }
    }
}

/// What the change from one text to another would have meant for the records on
/// which both were assessed, over the same period.
#[must_use]
pub fn consequences(
    difference: &Difference,
    pairs: &Paired,
    old: &Assessment<'_>,
    new: &Assessment<'_>,
) -> Consequences {
    let (before, after) = (answers(old), answers(new));
    let provisions = pairs.iter().filter_map(|(o, n)| {
        let (id, change) = told(difference, (old.checked, *o), (new.checked, *n))?;
        let moves = moves((old, *o, &before), (new, *n, &after));
        let standings = standings((old, *o), (new, *n));
        let because = change.map_or_else(|| because(difference, &id), itself);
        (!moves.is_empty() || !standings.is_empty()).then_some(Consequence { id, because, moves, standings })
    });
    Consequences { provisions: provisions.collect(), gates: gates(old, new) }
}

/// What changed a provision: its own words, or a declared thing they name.
fn itself(change: &ProvisionChange) -> Because {
    let through: Option<BTreeSet<&String>> = change.changes.iter().map(|c| c.through.as_ref()).collect();
    match through {
        Some(names) if !names.is_empty() => Because::Things(names.into_iter().cloned().collect()),
        _ => Because::Itself,
    }
}

/// A provision's number, and what changed of it.
fn told<'d>(
    difference: &'d Difference,
    (old, o): (&Checked, Option<usize>),
    (new, n): (&Checked, Option<usize>),
) -> Option<(String, Option<&'d ProvisionChange>)> {
    let id = |checked: &Checked, at: Option<usize>| Some(checked.agreement().provisions.get(at?)?.id.clone());
    let same = |change: &&ProvisionChange| {
        change.old.as_ref().map(|c| c.index) == o && change.new.as_ref().map(|c| c.index) == n
    };
    let change = difference.provisions.iter().find(same);
    let change = change.filter(|c| c.old.is_none() || c.new.is_none() || !c.changes.is_empty());
    id(new, n).or_else(|| id(old, o)).map(|id| (id, change))
}

fn because(difference: &Difference, id: &str) -> Because {
    let changed = |thing: &&Thing| !thing.changes.is_empty() || thing.old.is_none() || thing.new.is_none();
    let name = |thing: &Thing| thing.new.clone().or_else(|| thing.old.clone());
    let changed = difference.things.iter().filter(changed);
    let bearing: Vec<String> =
        changed.clone().filter(|t| t.reaches.iter().any(|reached| reached == id)).filter_map(name).collect();
    // Whoever is declared may be whom a record names.
    let anybody: Vec<String> = changed.filter(|t| t.sort == "party").filter_map(name).collect();
    match (bearing.is_empty(), difference.head.is_empty(), anybody.is_empty()) {
        (false, _, _) => Because::Things(bearing),
        (true, false, _) => Because::Head,
        (true, true, false) => Because::Things(anybody),
        (true, true, true) => Because::Others,
    }
}

/// Per provision, what each record with a finding comes to.
type Answers = BTreeMap<usize, BTreeMap<String, Answer>>;

fn answers(assessment: &Assessment<'_>) -> Answers {
    let mut judging: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, variant) in assessment.variants.iter().enumerate().filter(|(_, v)| v.judges()) {
        judging.entry(variant.index).or_default().push(number);
    }
    let mut found = Answers::new();
    for finding in &assessment.findings {
        let variants = judging.get(&finding.provision).map(Vec::as_slice).unwrap_or_default();
        let verdicts: BTreeSet<Verdict> = variants
            .iter()
            .map(|number| {
                let judged = finding.judgements.iter().find(|(variant, _)| variant == number);
                judged.map_or(Verdict::OutOfScope, |(_, judgement)| judgement.verdict)
            })
            .collect();
        let answer = match (verdicts.len(), verdicts.first()) {
            (1, Some(verdict)) => Answer::All(*verdict),
            (0, _) => Answer::NotJudged,
            _ if verdicts.contains(&Verdict::Breach) => Answer::BreachUnderSome,
            _ => Answer::Disputed,
        };
        found.entry(finding.provision).or_default().insert(finding.record.clone(), answer);
    }
    found
}

/// One text: its assessment, a provision of it, and what records come to.
type Told<'t, 'a> = (&'t Assessment<'a>, Option<usize>, &'t Answers);

fn moves(old: Told<'_, '_>, new: Told<'_, '_>) -> Vec<Move> {
    let of = |(_, at, answers): Told<'_, '_>| at.and_then(|at| answers.get(&at).cloned()).unwrap_or_default();
    // What no finding tells of is out of scope, where there is a scope at all.
    let otherwise = |(assessment, at, _): Told<'_, '_>| match at {
        None => Answer::NotThere,
        Some(at) if assessment.variants.iter().any(|v| v.index == at && v.judges()) => Answer::All(Verdict::OutOfScope),
        Some(_) => Answer::NotJudged,
    };
    let (before, after) = (of(old), of(new));
    let (no_finding_before, no_finding_after) = (otherwise(old), otherwise(new));
    let records: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut grouped: BTreeMap<(Answer, Answer), Vec<String>> = BTreeMap::new();
    for record in records {
        let was = before.get(record).copied().unwrap_or(no_finding_before);
        let is = after.get(record).copied().unwrap_or(no_finding_after);
        if was != is {
            grouped.entry((was, is)).or_default().push(record.clone());
        }
    }
    grouped.into_iter().map(|((was, is), records)| Move { was, is, records }).collect()
}

fn standings(old: (&Assessment<'_>, Option<usize>), new: (&Assessment<'_>, Option<usize>)) -> Vec<StandingMove> {
    let rows = |(assessment, at): (&Assessment<'_>, Option<usize>)| -> BTreeMap<Option<String>, Standing> {
        let found = at.and_then(|at| assessment.standings.get(at)).map(|s| s.rows.as_slice()).unwrap_or_default();
        let name = |party: usize| assessment.checked.agreement().actors.get(party).map(|actor| actor.name.clone());
        found.iter().map(|row| (row.party.and_then(name), row.standing)).collect()
    };
    let (before, after) = (rows(old), rows(new));
    let parties: BTreeSet<&Option<String>> = before.keys().chain(after.keys()).collect();
    let each = parties.into_iter().map(|party| StandingMove {
        party: party.clone(),
        was: before.get(party).copied(),
        is: after.get(party).copied(),
    });
    each.filter(|standing| standing.was != standing.is).collect()
}

fn gates(old: &Assessment<'_>, new: &Assessment<'_>) -> Vec<GateConsequence> {
    let all = |assessment: &Assessment<'_>| -> BTreeMap<String, GateDays> {
        let gates = assessment.checked.agreement().gates.iter().zip(&assessment.gates);
        gates.map(|(gate, clocks)| (gate.name.clone(), days(gate.days, clocks))).collect()
    };
    let (before, after) = (all(old), all(new));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let each = names.into_iter().map(|name| GateConsequence {
        name: name.clone(),
        was: before.get(name).cloned(),
        is: after.get(name).cloned(),
    });
    each.filter(|gate| gate.was != gate.is).collect()
}

fn days(needed: u32, clocks: &[GateClock]) -> GateDays {
    let longest = clocks.iter().map(|clock| clock.longest.as_ref().map_or(0, |run| run.days));
    let (least, most) = (longest.clone().min().unwrap_or_default(), longest.max().unwrap_or_default());
    GateDays { states: clocks.iter().map(|clock| clock.state.word()).collect(), needed, longest: (least, most) }
}
