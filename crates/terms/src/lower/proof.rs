//! `proven only by 2 independent sources`, and a standard of proof of its own.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode, parse_number};

use super::{Lower, Placed};
use crate::model::{ActorSet, Proof, Role, Way};

impl Lower<'_> {
    /// What a provision asks of those who tell of a breach, where its words are
    /// understood.
    pub(super) fn proof(&mut self, clause: &SyntaxNode) -> Option<Proof> {
        let phrase = clause.phrase();
        let words = phrase.strip_prefix("proven only by")?.trim().to_owned();
        if let Some((number, "independent sources" | "sources" | "independent source" | "source")) =
            words.split_once(' ')
        {
            let count = parse_number(number).filter(|n| n.fract() == 0.0 && (1.0..=100.0).contains(n))?;
            return Some(Proof::Sources(count as u32));
        }
        if matches!(words.as_str(), "a monitor" | "monitors") {
            let monitors = self.agreement.actors.iter().enumerate().filter(|(_, actor)| actor.role == Role::Monitor);
            return Some(Proof::By(monitors.fold(ActorSet::NONE, |set, (index, _)| set.or(ActorSet::one(index)))));
        }
        let parts: Vec<&str> =
            words.split([',', ' ']).filter(|word| !word.is_empty() && *word != "or" && *word != "and").collect();
        let ways: Option<Vec<Way>> =
            parts.iter().map(|part| Way::ALL.into_iter().find(|way| way.word() == *part)).collect();
        if let Some(ways) = ways.filter(|ways| !ways.is_empty()) {
            return Some(Proof::Ways(ways));
        }
        let named: Option<Vec<usize>> =
            parts.iter().map(|part| self.agreement.actors.iter().position(|actor| actor.name == *part)).collect();
        let named = named.filter(|named| !named.is_empty())?;
        for actor in named.iter().filter_map(|index| self.agreement.actors.get(*index)) {
            self.chooser.touch(&actor.depends);
        }
        Some(Proof::By(named.into_iter().fold(ActorSet::NONE, |set, index| set.or(ActorSet::one(index)))))
    }

    /// The standard of proof that a provision sets itself.
    pub(super) fn own_standard(&mut self, one: &Placed) -> Option<f64> {
        let clause = one.statement.clause("standard of proof")?;
        let percent = clause.token(K::Number).and_then(|token| parse_number(token.text()))?;
        if percent > 50.0 && percent < 100.0 {
            return Some(percent / 100.0);
        }
        let title = format!("a standard of proof of {percent} % cannot be met or always is");
        self.error("T106", clause.span(), title, "out of range").help =
            Some("give a share above 50 % and below 100 %".to_owned());
        None
    }
}
