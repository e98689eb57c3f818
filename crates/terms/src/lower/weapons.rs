//! Weapon classes, and the items in them.

use std::collections::{BTreeSet, HashSet};

use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode, SyntaxToken, Unit, parse_number};

use super::{Lower, Part, Placed, span_of};
use crate::model::{Duty, Region, WeaponClass};
use crate::weapons::{self, Calibre, Comparison, Limited, Measure, System};

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
            let ((weapons, words), depends) = self.once(Part::Weapons, &list, |lower| lower.weapon_list(&list));
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
        let words = words.join(", ");
        if list.keywords().iter().any(|words| words == "all weapons but") {
            return (vec![weapons::Weapon::AllBut(found)], format!("all weapons but {words}"));
        }
        (found, words)
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
                .help = Some("limit a kind instead, `guns of calibre over 100 mm`, or say what the make is: `system \"D-30\" is artillery`".to_owned());
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
        if node.keywords().is_empty() {
            return Some(weapons::Weapon::Kind(kind));
        }
        let limits = self.limits(node)?;
        Some(weapons::Weapon::Limited(Limited { kind, limits, words: node.phrase() }))
    }

    /// `of calibre over 100 mm`, `of range up to 20 km`: one after the other.
    fn limits(&mut self, node: &SyntaxNode) -> Option<Vec<Measure>> {
        let keywords = node.keywords();
        let amounts = node.children().filter(|n| matches!(n.kind(), K::Amount | K::Distance | K::Duration));
        let amounts: Vec<SyntaxNode> = amounts.collect();
        let mut found = Vec::new();
        for (words, amount) in keywords.chunks(2).zip(&amounts) {
            let [what, comparison] = words else {
                return None;
            };
            let (_, comparison) = Comparison::ALL.into_iter().find(|(words, _)| words == comparison)?;
            found.push(if what == "of range" {
                if amount.kind() != K::Distance {
                    self.error("T109", amount.span(), "a range is a length of ground", "no length").help =
                        Some("write `of range over 20 km`".to_owned());
                    return None;
                }
                Measure::Range(comparison, self.metres(amount)?)
            } else {
                Measure::Calibre(comparison, self.calibre(amount)?)
            });
        }
        Some(found)
    }

    fn calibre(&mut self, amount: &SyntaxNode) -> Option<Calibre> {
        let number = amount.token(K::Number).and_then(|t| parse_number(t.text()))?;
        let unit = amount.token(K::Word).and_then(|t| Unit::of(t.text()));
        let Some(Unit::Calibre(each)) = unit else {
            self.error("T109", amount.span(), "a calibre is in millimetres or centimetres", "no calibre").help =
                Some("write `of calibre over 100 mm`".to_owned());
            return None;
        };
        Some(Calibre::millimetres(number * each))
    }

    /// `system "2S1" is artillery`: what the agreement says of a make.
    pub(super) fn systems(&mut self, placed: &[Placed]) {
        // In small letters: names without regard to case.
        let mut called: HashSet<String> = HashSet::new();
        for one in Self::of(placed, "system") {
            let (system, depends) = self.once(Part::System, &one.statement.node, |lower| lower.system(one, &called));
            if let Some(system) = system {
                called.extend(system.names().map(str::to_lowercase));
                self.agreement.systems.push(System { depends, ..system });
            }
        }
    }

    fn system(&mut self, one: &Placed, called: &HashSet<String>) -> Option<System> {
        let head = one.statement.head()?;
        let Some(weapons::Weapon::Kind(kind)) = self.weapon(&head.child(K::Weapon)?) else {
            return None;
        };
        let (name, others) = (head.text_value()?, Vec::new());
        let (depends, calibre_depends) = (BTreeSet::new(), BTreeSet::new());
        let mut system = System { name, others, kind, calibre: None, range: None, depends, calibre_depends };
        for clause in one.statement.clauses() {
            match clause.keyword().as_str() {
                "also called" => system.others.extend(clause.text_value()),
                "of calibre" => {
                    let chooser = self.chooser;
                    (system.calibre, system.calibre_depends) = chooser.watch(|| {
                        let amount = self.value_in(&clause, K::Amount);
                        amount.and_then(|amount| self.calibre(&amount))
                    });
                }
                "of range" => {
                    let amount = self.value_in(&clause, K::Distance);
                    system.range = amount.and_then(|amount| self.metres(&amount));
                }
                _ => {}
            }
        }
        for name in system.names() {
            if called.contains(&name.to_lowercase()) {
                let title = format!("two systems are called \"{name}\"");
                self.error("T110", head.span(), title, "described again here").help =
                    Some("say in one statement what a system is".to_owned());
                return None;
            }
        }
        Some(system)
    }

    /// The brackets that it hangs on whether a weapon is in a class: those of the
    /// systems that may be in it, of their ranges only where these matter.
    pub(super) fn hangs_on_systems(&self, duty: &Duty) -> BTreeSet<usize> {
        let class = duty.class();
        let ranged = weapons::by_range(class) || duty.zone().is_some_and(|zone| zone.region == Region::WithinRange);
        let meant = self.agreement.systems.iter().filter(|system| weapons::may_hold(class, system.kind));
        let each = meant.flat_map(|system| if ranged { &system.depends } else { &system.calibre_depends });
        each.copied().collect()
    }
}
