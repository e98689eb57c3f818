//! What a name in the records may be, so that it means somebody, and one only.

use std::collections::HashMap;

use armistice_syntax::{Fix, NodeExt, Span, SyntaxKind as K, SyntaxNode};
use jiff::Timestamp;

use super::actors::ROLES;
use super::{Lower, Part, Placed, span_of};
use crate::model::{Certainty, KnownName, same_name};

/// What stands between several names in one cell of the records.
const SEPARATOR: char = '|';

/// What records call those who belong to no side. It names no actor.
const NOBODYS: &str = "civilians";

/// Clauses that give an actor a name in the records.
const NAMING: &[&str] = &["known as", "includes", "may include", "speaks through"];

/// One name that certainly means an actor.
struct Claim {
    owner: String,
    name: KnownName,
    at: Span,
    /// Whether it is the name the actor is declared by.
    declared: bool,
}

impl Claim {
    /// Whether both certainly mean somebody on some day.
    fn meets(&self, other: &Self) -> bool {
        let apart = |until: Option<Timestamp>, from: Option<Timestamp>| until.zip(from).is_some_and(|(u, f)| u <= f);
        self.owner != other.owner
            && same_name(&self.name.text, &other.name.text)
            && !apart(self.name.until, other.name.from)
            && !apart(other.name.until, self.name.from)
    }
}

impl Lower<'_> {
    /// A name in the records that certainly means two actors means neither. An
    /// actor's declared name is one of its names in the records, too.
    pub(super) fn each_name_means_one(&mut self, placed: &[Placed]) {
        let mut claims: Vec<Claim> = Vec::new();
        for one in placed.iter().filter(|p| ROLES.iter().any(|(w, _)| Some(*w) == p.lead)) {
            let Some(token) = one.statement.head().and_then(|h| h.token(K::Name)) else {
                continue;
            };
            let owner = token.text().to_owned();
            self.declared_name_is_free(&owner, span_of(&token));
            let own = KnownName { text: owner.clone(), certainty: Certainty::Certain, from: None, until: None };
            claims.push(Claim { owner: owner.clone(), name: own, at: span_of(&token), declared: true });
            for clause in one.statement.clauses().filter(|c| NAMING.contains(&c.keyword().as_str())) {
                self.name_can_be_borne(&clause);
                if !matches!(clause.keyword().as_str(), "known as" | "includes") {
                    continue;
                }
                let before = self.diagnostics.len();
                let (name, _) = self.once(Part::NameAgain, &clause, |lower| lower.known_name(&clause));
                // What is wrong with the name itself has been told.
                self.diagnostics.truncate(before);
                if let Some(name) = name.filter(|name| name.certainty == Certainty::Certain) {
                    claims.push(Claim { owner: owner.clone(), name, at: clause.span(), declared: false });
                }
            }
        }
        // Two names are the same if they are the same in small letters.
        let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, claim) in claims.iter().enumerate() {
            let alike = alike.entry(claim.name.text.to_lowercase()).or_default();
            let mut before = alike.iter().filter_map(|index| claims.get(*index));
            let earlier = before.find(|earlier| earlier.meets(claim));
            alike.push(index);
            let Some(earlier) = earlier else {
                continue;
            };
            let Claim { owner, name, at, declared } = claim;
            let title = format!("\"{}\" cannot certainly mean both {} and {owner}", name.text, earlier.owner);
            let error = self.error("T122", at.clone(), title, "said again here");
            error.related.push((earlier.at.clone(), format!("first said here, of {}", earlier.owner)));
            error.help = Some(match (*declared, earlier.declared) {
                (true, true) => {
                    "records are read without regard to capitals: give one of the two another name".to_owned()
                }
                (true, false) | (false, true) => format!(
                    "a declared name is a name in the records, too: declare {} by another name, or write `known as part of`",
                    if *declared { owner } else { &earlier.owner }
                ),
                (false, false) => {
                    "write `known as part of` or `may include` for both, or say from when to when".to_owned()
                }
            });
        }
    }

    /// Records call those who belong to no side by a name that no actor can have.
    fn declared_name_is_free(&mut self, name: &str, span: Span) {
        if same_name(name, NOBODYS) {
            let title = format!("`{name}` is what records call those who belong to no side");
            self.error("T123", span, title, "nobody can be declared so").help = Some(
                "give the actor another name, such as `CivilDefence`; a ban on harming civilians is written `must not attack civilians`"
                    .to_owned(),
            );
        }
    }

    /// A name that no record could bear would mean nobody, without a word.
    fn name_can_be_borne(&mut self, clause: &SyntaxNode) {
        let words = clause.keyword();
        for token in clause.descendants().filter_map(|node| node.token(K::Text)) {
            let (text, span) = (token.text(), span_of(&token));
            let name = text.trim_matches(['"', '“', '”']);
            let (title, help, fix) = if name.trim().is_empty() {
                ("an empty name means nobody".to_owned(), "write the name as the records have it", None)
            } else if name.contains(SEPARATOR) {
                let each: Vec<String> = name
                    .split(SEPARATOR)
                    .map(str::trim)
                    .filter(|n| !n.is_empty())
                    .map(|n| format!("\"{n}\""))
                    .collect();
                (
                    format!("\"{name}\" is more than one name: `{SEPARATOR}` stands between names in the records"),
                    "write a clause of its own for each name",
                    Some(each.join(&format!("\n  {words} "))),
                )
            } else if same_name(name.trim(), NOBODYS) {
                let title = format!("\"{name}\" is what records call those who belong to no side");
                (title, "leave it out: it can mean no actor", None)
            } else if name.trim() != name {
                let title = format!("\"{name}\" has a space at an end, and no name in the records has");
                (title, "write it without", Some(format!("\"{}\"", name.trim())))
            } else {
                continue;
            };
            let whole = clause.child(K::KnownName).is_some_and(|node| node.keywords().is_empty());
            let error = self.error("T123", span.clone(), title, "no record bears it");
            error.help = Some(help.to_owned());
            // Of a name that counts in part or for a time, the rest would have to
            // be said of each.
            let one = !name.contains(SEPARATOR) || whole;
            error.fix = fix.filter(|_| one).map(|text| Fix { span, text });
        }
    }
}
