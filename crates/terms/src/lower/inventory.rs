//! Declared holdings, item by item.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};

use super::predicate::Item;
use super::{Lower, Part, Placed};
use crate::model::{ActorSet, Dealing, Holding, Inventory};

impl Lower<'_> {
    pub(super) fn inventories(&mut self, placed: &[Placed]) {
        for one in Self::of(placed, "inventory") {
            let head = one.statement.head();
            let Some(name) = head.as_ref().and_then(|h| h.token(K::Name)).map(|t| t.text().to_owned()) else {
                continue;
            };
            let title = head.and_then(|h| h.text_value());
            let node = &one.statement.node;
            let (inventory, depends) = self.once(Part::Inventory, node, |lower| lower.inventory(one, name, title));
            self.agreement.inventories.push(Inventory { depends, ..inventory });
        }
    }

    fn inventory(&mut self, one: &Placed, name: String, title: Option<String>) -> Inventory {
        let mut inventory = Inventory {
            name,
            title,
            held_by: ActorSet::NONE,
            items: Vec::new(),
            stored_at: Vec::new(),
            sealed_by: ActorSet::NONE,
            depends: Default::default(),
        };
        for clause in one.statement.clauses() {
            match clause.keyword().as_str() {
                "holds" => self.holdings(&clause, &mut inventory.items),
                "held by" => {
                    if let Some(names) = clause.child(K::Names) {
                        inventory.held_by = self.actors(&names);
                    }
                }
                "stored at" => {
                    if let Some(names) = clause.child(K::Names) {
                        inventory.stored_at.extend(names.tokens_of(K::Name).iter().map(|t| t.text().to_owned()));
                    }
                }
                "under seal of" => {
                    if let Some(names) = clause.child(K::Names) {
                        inventory.sealed_by = self.actors(&names);
                    }
                }
                _ => {}
            }
        }
        inventory
    }

    /// `12 tanks, 4 "2S1" and 30 mortars`.
    fn holdings(&mut self, clause: &SyntaxNode, items: &mut Vec<Holding>) {
        let mut pieces = self.pieces(clause);
        loop {
            let number = match pieces.items.pop_front() {
                Some((Item::Amount { number: Some(number), percent: false }, _)) if number.fract() == 0.0 => number,
                Some((_, span)) => {
                    self.error("T149", span, "an inventory says how many of what it holds", "expected a number here")
                        .help = Some("write `holds 12 tanks and 4 \"2S1\"`".to_owned());
                    return;
                }
                None => return,
            };
            // One item at a time: what joins it to the next is for the loop.
            let Some(what) = self.item(&mut pieces) else {
                let span = clause.span();
                self.error("T149", span, "an inventory says how many of what it holds", "of what?").help =
                    Some("write `holds 12 tanks and 4 \"2S1\"`".to_owned());
                return;
            };
            let mut said: Vec<String> = Vec::new();
            while !matches!(pieces.items.front(), None | Some((Item::Comma, _))) && !pieces.at("and") {
                if let Some((Item::Word(word), _)) = pieces.items.pop_front() {
                    said.push(word);
                }
            }
            let said = (!said.is_empty()).then(|| said.join(" "));
            items.push(Holding { number: number as u32, what, said });
            if !pieces.link() {
                return;
            }
        }
    }

    fn item(&mut self, pieces: &mut super::predicate::Pieces) -> Option<crate::model::What> {
        let mut one = pieces.until_link();
        let what = self.what(Dealing::Keep, &mut one);
        pieces.put_back(one);
        what
    }
}
