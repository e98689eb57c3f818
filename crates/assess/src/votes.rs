//! Whether a body's decision was taken as the body decides: by the votes that are
//! on record, or nobody can tell (`docs/semantics.md`, section 3).

use armistice_records::Votes;
use armistice_terms::{ActorSet, Agreement, Body, Rule};

use crate::actors::Naming;
use crate::evidence::Notice;
use crate::truth::Truth;

/// How the members of a body voted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those who agreed.
    pub in_favour: ActorSet,
    /// Those who dissented.
    pub opposed: ActorSet,
    /// Those who were not there.
    pub absent: ActorSet,
    /// Those of whom it is not recorded.
    pub unrecorded: ActorSet,
}

impl Tally {
    /// Each member counts where it is named, if it is named in one place only.
    fn of(body: &Body, votes: &Votes, agreement: &Agreement, (from, to): (i64, i64)) -> Self {
        let named = |names: &[String]| match names {
            [] => ActorSet::NONE,
            names => Naming::of(&names.join("|"), agreement).at(from, to).certain.and(body.members),
        };
        let (f, o, a) = (named(&votes.in_favour), named(&votes.opposed), named(&votes.absent));
        let in_favour = f.without(o.or(a));
        let opposed = o.without(f.or(a));
        let absent = a.without(f.or(o));
        Self { in_favour, opposed, absent, unrecorded: body.members.without(in_favour.or(opposed).or(absent)) }
    }

    fn meets(self, body: &Body) -> Truth {
        if body.members.is_empty() {
            return Truth::Unknown;
        }
        let all = body.members.len();
        let (favour, unrecorded) = (self.in_favour.len(), self.unrecorded.len());
        let unanimous = favour > 0 && self.opposed.is_empty() && unrecorded == 0;
        let agreed = match body.rule {
            Some(Rule::Consensus) if !self.opposed.is_empty() => Truth::False,
            Some(Rule::Majority) if 2 * favour > all => Truth::True,
            Some(Rule::Majority) if 2 * (favour + unrecorded) <= all => Truth::False,
            Some(Rule::Consensus) | None if unanimous => Truth::True,
            _ => Truth::Unknown,
        };
        let present = favour + self.opposed.len();
        let quorate = match body.quorum {
            // It counts persons, of whom no record tells.
            Some(quorum) if quorum > all => Truth::Unknown,
            Some(quorum) if present + unrecorded < quorum => Truth::False,
            Some(quorum) if present < quorum => Truth::Unknown,
            _ => Truth::True,
        };
        agreed.min(quorate)
    }
}

/// The votes of a decision, and whether they meet the rule of a body.
pub(crate) fn taken(body: &Body, notice: &Notice, agreement: &Agreement) -> (Tally, Truth) {
    let votes = notice.record.message.as_ref().map(|message| &message.votes);
    let tally = votes.map(|votes| Tally::of(body, votes, agreement, (notice.from, notice.to))).unwrap_or_default();
    (tally, tally.meets(body))
}
