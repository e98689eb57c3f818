//! Bodies: who sits in them, how they decide, what they may determine.

use jiff::Span as Period;

use super::ActorSet;

/// What a text says of a commission, committee or mechanism.
#[derive(Clone, Debug)]
pub struct Body {
    /// Who sits in it; nobody if it is not said.
    pub members: ActorSet,
    /// How it decides, where that is said.
    pub rule: Option<Rule>,
    /// How many of its members must take part.
    pub quorum: Option<u32>,
    /// The clauses it may determine, as written.
    pub determines: Vec<String>,
    /// To whom it hands on what it has not determined.
    pub refers: Option<Referral>,
}

impl Body {
    /// A body of which nothing is said yet.
    pub const UNSAID: Self =
        Self { members: ActorSet::NONE, rule: None, quorum: None, determines: Vec::new(), refers: None };

    /// Whether it is said to determine a provision.
    #[must_use]
    pub fn determines(&self, provision: &str) -> bool {
        let under = |id: &String| {
            provision.strip_prefix(id.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
        };
        self.determines.iter().any(under)
    }
}

/// How a body decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// No member that takes part dissents.
    Consensus,
    /// More than half of its members agree.
    Majority,
    /// Its chair rules.
    Chair,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Consensus, Self::Majority, Self::Chair];

    /// The language's words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Consensus => "consensus",
            Self::Majority => "majority",
            Self::Chair => "the chair",
        }
    }
}

/// To whom a matter goes that is not determined in time.
#[derive(Clone, Debug)]
pub struct Referral {
    /// To whom.
    pub to: ActorSet,
    /// How long the body has; `None`: it is not said.
    pub within: Option<Period>,
    /// As it is written.
    pub words: String,
}
