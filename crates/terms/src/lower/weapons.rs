//! Weapon classes, and the items in them.

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode, SyntaxToken};

use super::{Lower, Placed, span_of};
use crate::model::WeaponClass;
use crate::weapons;

impl Lower<'_> {
    pub(super) fn weapons(&mut self, placed: &[Placed]) {
        for one in Self::of(placed, "weapons") {
            let head = one.statement.head();
            let Some(name) = self.declare(head.as_ref(), "weapon class") else {
                continue;
            };
            let Some(list) = head.and_then(|h| h.child(K::Weapons)) else {
                continue;
            };
            let chooser = self.chooser;
            let ((weapons, words), depends) = chooser.watch(|| self.weapon_list(&list));
            self.agreement.weapons.push(WeaponClass { name, weapons, words, depends });
        }
    }

    fn weapon_list(&mut self, list: &SyntaxNode) -> (Vec<weapons::Weapon>, String) {
        let mut found = Vec::new();
        let mut words: Vec<String> = Vec::new();
        for node in list.children() {
            match node.kind() {
                K::Weapon => {
                    if let Some(weapon) = self.weapon(&node) {
                        words.push(node.phrase());
                        found.push(weapon);
                    }
                }
                K::Bracket => {
                    if let Some(choice) = self.chosen(&node) {
                        let (inner, said) = self.weapon_list(&choice);
                        found.extend(inner);
                        words.push(said);
                    }
                }
                _ => {}
            }
        }
        words.retain(|w| !w.is_empty());
        (found, words.join(", "))
    }

    fn weapon(&mut self, node: &SyntaxNode) -> Option<weapons::Weapon> {
        if let Some(name) = node.text_value() {
            if !node.keywords().is_empty() {
                self.error(
                    "T108",
                    node.span(),
                    "a make of weapon has the calibre and range it has",
                    "a limit on a make",
                )
                .help = Some("limit a kind instead: `guns of calibre over 100 mm`".to_owned());
                return None;
            }
            return Some(weapons::Weapon::Named(name));
        }
        let tokens = node.children_with_tokens().filter_map(|e| e.into_token());
        let tokens: Vec<SyntaxToken> = tokens.filter(|t| matches!(t.kind(), K::Word | K::Name)).collect();
        let words = tokens.iter().map(|t| t.text()).collect::<Vec<_>>().join(" ");
        if words == "nothing" {
            return None;
        }
        let Some(kind) = weapons::kind_of(&words) else {
            let title = format!("`{words}` is not a kind of weapon the language knows");
            let error = self.error("T107", node.span(), title, "unknown");
            error.help = Some("a make or a kind not in the taxonomy is written in quotation marks".to_owned());
            if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
                error.suggest(span_of(first).start..span_of(last).end, &words, weapons::words());
            }
            return None;
        };
        let limits = node.keywords();
        if limits.is_empty() {
            Some(weapons::Weapon::Kind(kind))
        } else {
            Some(weapons::Weapon::Limited(kind, node.phrase()))
        }
    }
}
