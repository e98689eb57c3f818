//! Who reported what: of the events that were judged, how well each is
//! supported, and which origins tell of whom. Counts of tellers, not of deeds.

use std::collections::{BTreeMap, BTreeSet};

use armistice_terms::ActorSet;

use crate::finding::{Finding, Verdict};
use crate::judge::Judged;
use crate::knowledge::At;
use crate::sources::{Ladder, Rung};
use crate::variant::Variant;

/// Who told of the events of one provision, under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The variant: an index into [`Assessment::variants`](crate::Assessment::variants).
    pub variant: usize,
    /// Of the recorded breaches.
    pub breaches: Share,
    /// Of the events that cannot be told.
    pub untold: Share,
}

/// Some events, by how well they are supported and by who tells of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many events.
    pub events: u64,
    /// How many on each rung of the ladder.
    pub rungs: BTreeMap<Rung, u64>,
    /// Who tells of how many; an event that several tell of counts under each.
    /// Those that tell of the most first.
    pub tellers: Vec<Teller>,
}

/// An origin, and whom what it tells concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teller {
    /// The origin, or `None` where a record states none.
    pub origin: Option<String>,
    /// Whose word it certainly is.
    pub speaks_for: ActorSet,
    /// Whose word it may be.
    pub may_speak_for: ActorSet,
    /// The bound parties who may have acted, by what it tells.
    pub concerning: ActorSet,
    /// How many events.
    pub events: u64,
}

/// Who told of what was judged, by variant. What is discounted is out of scope,
/// and what is excepted is no breach: neither is counted.
pub(crate) fn reported(
    judged: &Judged,
    variants: &[Variant<'_>],
    ladder: &Ladder<'_>,
    (first, after): (i64, i64),
) -> Vec<Reported> {
    let mut events: BTreeMap<(usize, At), Vec<&Finding>> = BTreeMap::new();
    for finding in &judged.findings {
        let event = finding.event.unwrap_or((finding.batch, finding.row));
        events.entry((finding.variant, event)).or_default().push(finding);
    }
    let mut gathered: BTreeMap<usize, [Gathered; 2]> = BTreeMap::new();
    for ((number, _), findings) in events {
        let Some(variant) = variants.get(number) else {
            continue;
        };
        let verdict = |f: &&&Finding| match f.judgement.verdict {
            // As in the standings: it may have happened outside the period.
            Verdict::Breach if f.within().0 < first || f.within().1 > after => Verdict::CannotTell,
            verdict => verdict,
        };
        let which = match findings.iter().map(|f| verdict(&f)).min() {
            Some(Verdict::Breach) => 0,
            Some(Verdict::CannotTell) => 1,
            _ => continue,
        };
        if let Some(share) = gathered.entry(number).or_default().get_mut(which) {
            share.add(&findings, variant, ladder);
        }
    }
    let reported = |(variant, [breaches, untold]): (usize, [Gathered; 2])| Reported {
        variant,
        breaches: breaches.share(),
        untold: untold.share(),
    };
    gathered.into_iter().map(reported).collect()
}

/// A share while it is counted.
#[derive(Default)]
struct Gathered {
    events: u64,
    rungs: BTreeMap<Rung, u64>,
    tellers: BTreeMap<(String, ActorSet), Teller>,
}

impl Gathered {
    fn add(&mut self, findings: &[&Finding], variant: &Variant<'_>, ladder: &Ladder<'_>) {
        self.events += 1;
        if let Some(rung) = findings.iter().map(|f| f.judgement.rung).max() {
            *self.rungs.entry(rung).or_default() += 1;
        }
        let mut seen = BTreeSet::new();
        for finding in findings {
            let concerning = finding.judgement.candidates;
            let at = (finding.batch, finding.row);
            let mut origins: Vec<Option<&str>> = ladder.groups(at).map(Some).collect();
            if origins.is_empty() {
                origins.push(None);
            }
            for origin in origins {
                // Without regard to case, as the ladder takes them.
                let key = (origin.unwrap_or_default().to_lowercase(), concerning);
                let side =
                    origin.map(|name| ladder.means(name, variant.agreement, finding.within())).unwrap_or_default();
                let teller = self.tellers.entry(key.clone()).or_insert_with(|| Teller {
                    origin: origin.map(str::to_owned),
                    speaks_for: ActorSet::NONE,
                    may_speak_for: ActorSet::NONE,
                    concerning,
                    events: 0,
                });
                // Of several spellings, one that no order of records decides.
                if let Some(name) = origin.filter(|name| teller.origin.as_deref().is_some_and(|known| *name < known)) {
                    teller.origin = Some(name.to_owned());
                }
                teller.speaks_for = teller.speaks_for.or(side.certain);
                teller.may_speak_for = teller.may_speak_for.or(side.possible).without(teller.speaks_for);
                teller.events += u64::from(seen.insert(key));
            }
        }
    }

    fn share(self) -> Share {
        let mut tellers: Vec<((String, ActorSet), Teller)> = self.tellers.into_iter().collect();
        tellers.sort_by(|(a, x), (b, y)| y.events.cmp(&x.events).then(a.cmp(b)));
        let tellers = tellers.into_iter().map(|(_, teller)| teller).collect();
        Share { events: self.events, rungs: self.rungs, tellers }
    }
}
