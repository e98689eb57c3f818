//! Provisions.

use armistice_geodesy::Metres;
use armistice_syntax::{NodeExt, SyntaxKind as K, SyntaxNode};
use jiff::Timestamp;

use super::deeds::part_of_it;
use super::ground::zone;
use super::predicate::Demand;
use super::values::Edge;
use super::{Lower, Placed};
use crate::model::{
    ActorSet, Anchor, Condition, Deed, Due, Duty, Exception, Force, Forces, Height, Holds, NotEvaluable, Per, Proof,
    Provision, Recurring, Region, Role, Shape, Tacit, Target, Until, Zone,
};

/// Clauses that inform and change no judgement.
const REMARKS: &[&str] = &["reported to", "severity", "persistent from", "checked by"];

/// The clauses of one provision, read.
#[derive(Default)]
struct Clauses {
    from: Option<Timestamp>,
    from_failed: Option<String>,
    /// The beginning, the end and the deadline, where they hang on events.
    from_hangs: Option<Condition>,
    until_hangs: Option<Condition>,
    due_hangs: Option<Condition>,
    until: Option<Timestamp>,
    lasts: Option<jiff::Span>,
    renewed_by: Option<(ActorSet, bool)>,
    /// That it runs on unless notice is given: in which words, how long before,
    /// and by whom.
    tacit: Option<(String, jiff::Span, ActorSet)>,
    deadline: Option<Timestamp>,
    deadline_words: Vec<String>,
    until_failed: Option<String>,
    /// Height, and with what: of use to nothing but what is forbidden.
    beyond_ground: Vec<String>,
    /// In each of which stretches, where that is plain.
    every: Option<Per>,
    every_words: Option<String>,
    /// In each period of which length.
    recurring: Option<Recurring>,
    /// Whether it is to be done by a time.
    due: bool,
    /// Ground and height, and with what: of use to what is forbidden.
    act_words: Vec<String>,
    exceptions: Vec<Exception>,
    within: Option<Result<Zone, NotEvaluable>>,
    above: Option<Metres>,
    below: Option<Metres>,
    /// With what, and in which words.
    with: Option<(Forces, String)>,
    proof: Vec<Proof>,
    verified_by: ActorSet,
    certified_by: (ActorSet, bool),
    conditions: Vec<Condition>,
    remarks: Vec<String>,
    cure: Option<jiff::Span>,
    consequences: Vec<String>,
}

impl Lower<'_> {
    pub(super) fn provision(&mut self, one: &Placed) -> Option<Provision> {
        let head = one.statement.head()?;
        let keywords = head.keywords();
        let modal = keywords.iter().find(|k| k.starts_with("must") || k.starts_with("may"))?.clone();
        let collective = keywords.iter().find(|k| k.ends_with(" party")).cloned();
        let bound = self.who(&head)?;
        let bound = self.whose.map_or(bound, |whose| bound.and(whose));
        let nobody = matches!(collective.as_deref(), Some("no party" | "neither party"));
        let modal = match (modal.as_str(), nobody) {
            ("may", true) | ("may not", false) => "must not",
            ("must" | "must not" | "may not", true) => {
                let said = collective.unwrap_or_default();
                self.error(
                    "T147",
                    head.span(),
                    format!("`{said} {modal}` can be read in two ways"),
                    "who is bound to what?",
                )
                .help = Some(format!("write `{said} may …` for a prohibition, `every party must …` for a duty"));
                return None;
            }
            (other, _) => other,
        };
        let predicate = one.statement.node.child(K::Predicate)?;
        // What may be done only after something is forbidden before.
        let modal = if modal == "may" && self.has_steps(one, &predicate) { "must not" } else { modal };
        let people = self.for_people(one, &predicate, modal, bound);
        let mut demand = match people {
            Some(duty) => Demand::ForPeople(duty),
            None => match self.hangs_on_a_term(&predicate, modal, bound) {
                Some(demand) => demand,
                None => self.demand(&predicate, modal)?,
            },
        };
        let each_other = matches!(&demand, Demand::Forbid(f, _) if f.on == Target::EachOther);
        if each_other && bound.len() < 2 {
            self.error("T148", predicate.span(), "`each other` needs two", "only one is bound").help =
                Some("name both parties, or say whom: `must not attack civilians`".to_owned());
            return None;
        }
        let mut clauses = self.clauses(one);
        if let (Demand::Forbid(..), Some(steps)) = (&demand, self.steps(one)) {
            clauses.exceptions.push(steps);
            clauses.conditions.retain(|condition| condition.evaluated() || !condition.words.starts_with("only "));
        }
        let mut force = self.force(&clauses);
        self.ends_after_it_begins(one, &force);
        clauses.conditions.extend(runs_on(&mut force, clauses.tacit.take(), clauses.lasts, bound));
        // "600 trucks every 1 day" are 600 trucks a day.
        match (&mut demand, clauses.every) {
            (Demand::Limit(limit, _), Some(per)) if limit.per.is_none() => limit.per = Some(per),
            // Periods are counted from a beginning that can be placed.
            (Demand::Deed(_), _)
                if clauses.recurring.is_some() && clauses.from_hangs.is_none() && clauses.deadline_words.is_empty() => {
            }
            _ => {
                clauses.recurring = None;
                clauses.conditions.extend(clauses.every_words.take().map(not_evaluated));
            }
        }
        // What this duty has no use for is a condition that nothing judges.
        let deadline = clauses.deadline.is_some() || clauses.due_hangs.is_some();
        let due = match &demand {
            Demand::Withdraw(..) | Demand::Deed(_) => true,
            Demand::Store(..) => deadline,
            // What is due again and again has no one deadline.
            Demand::Limit(limit, _) => limit.per.is_none() && deadline,
            _ => false,
        };
        clauses.due = due;
        if !due {
            clauses.conditions.extend(clauses.deadline_words.drain(..).map(not_evaluated));
            clauses.due_hangs = None;
        }
        match &demand {
            Demand::Forbid(forbid, rest) => {
                clauses.conditions.extend(rest.clone().map(not_evaluated));
                // With what is in the act already: no record tells of both.
                let again = clauses.with.take_if(|_| forbid.with.is_some());
                clauses.conditions.extend(again.map(|(_, words)| not_evaluated(words)));
            }
            Demand::Limit(_, rest) => {
                clauses.conditions.extend(rest.clone().map(not_evaluated));
                clauses.conditions.extend(clauses.beyond_ground.drain(..).map(not_evaluated));
            }
            _ => clauses.conditions.extend(clauses.act_words.drain(..).map(not_evaluated)),
        }
        if matches!(demand, Demand::Deed(_)) {
            let (part, rest): (Vec<_>, Vec<_>) =
                clauses.conditions.drain(..).partition(|c| !c.evaluated() && part_of_it(&c.words));
            clauses.conditions = rest;
            clauses.remarks.extend(part.into_iter().map(|c| c.words));
        }
        self.heights(&one.statement, (clauses.above, clauses.below));
        let mut duty = self.duty(demand, &clauses);
        self.ends_after_it_is_due(one, &duty, &force);
        if let Some(why) = self.on_undefined_ground(&duty, &predicate, clauses.within.as_ref()) {
            duty = Duty::NotEvaluable(why);
        }
        if matches!(duty, Duty::ForPeople(_)) || duty.not_evaluable().is_some() {
            // Those who judge the duty judge its open conditions, too; and where
            // nothing can be judged, it is not for want of them.
            let (evaluated, open): (Vec<_>, Vec<_>) = clauses.conditions.drain(..).partition(Condition::evaluated);
            clauses.conditions = evaluated;
            clauses.remarks.extend(open.into_iter().map(|c| c.words));
        }
        // Before its deadline comes nothing else is asked of it.
        let begins = if duty.has_deadline() { clauses.due_hangs.take() } else { clauses.from_hangs.take() };
        clauses.conditions.extend(begins);
        clauses.conditions.extend(clauses.until_hangs.take());
        if duty.deed().is_some() || duty.limits().is_some() {
            // What is found done, or summed up, is not proven report by report.
            clauses.proof.clear();
            let proven = one.statement.clauses().filter(|clause| clause.keyword() == "proven only by");
            clauses.conditions.extend(proven.map(|clause| not_evaluated(clause.phrase())));
        }
        let mut provision = self.blank(one, duty);
        // Where an act has several numbers, the words of this one.
        let own = self.cap_words.take();
        provision.act = format!("{modal} {}", own.unwrap_or_else(|| self.said(&predicate)));
        provision.bound = bound;
        provision.force = force;
        provision.exceptions = clauses.exceptions;
        provision.verified_by = clauses.verified_by;
        (provision.certified_by, provision.certified_together) = clauses.certified_by;
        provision.conditions = clauses.conditions;
        provision.proof = clauses.proof;
        provision.standard_of_proof = self.own_standard(one);
        provision.remarks = clauses.remarks;
        provision.cure = clauses.cure;
        provision.consequences = clauses.consequences;
        self.hours(one, &mut provision);
        Some(provision)
    }

    pub(super) fn all_parties(&self) -> ActorSet {
        let parties = self.agreement.actors.iter().enumerate().filter(|(_, a)| a.role == Role::Party);
        parties.fold(ActorSet::NONE, |set, (i, _)| set.or(ActorSet::one(i)))
    }

    fn duty(&mut self, demand: Demand, clauses: &Clauses) -> Duty {
        match demand {
            Demand::Forbid(forbid, _) => {
                let height = Height::between(clauses.above, clauses.below);
                forbid.with_clauses(clauses.within.as_ref(), height, clauses.with.as_ref().map(|(with, _)| with))
            }
            Demand::Limit(limit, _) => limit.with_clauses(clauses.within.as_ref(), clauses.due, clauses.deadline),
            Demand::Deed(deed) => match clauses.deadline {
                Some(deadline) => Duty::Deed(Deed { due: Due::By(deadline), ..deed }),
                None if clauses.due_hangs.is_some() => Duty::Deed(Deed { due: Due::Awaited, ..deed }),
                None if !clauses.deadline_words.is_empty() => {
                    Duty::NotEvaluable(NotEvaluable::Undefined("its deadline cannot be placed in time".to_owned()))
                }
                None if clauses.recurring.is_some() => {
                    Duty::Deed(Deed { due: clauses.recurring.map_or(Due::Always, Due::Every), ..deed })
                }
                None if Deed::lasts(&deed.verb) => Duty::Deed(deed),
                None => Duty::NotEvaluable(NotEvaluable::Undefined("it sets no deadline".to_owned())),
            },
            Demand::Keep(what, zone) => Duty::StandOff { what, zone },
            Demand::Store(what, zone) if clauses.due => Duty::WithdrawBy { what, zone, deadline: clauses.deadline },
            Demand::Store(what, zone) => Duty::StandOff { what, zone },
            Demand::Withdraw(what, zone) => match clauses.deadline {
                Some(deadline) => Duty::WithdrawBy { what, zone, deadline: Some(deadline) },
                None if clauses.due_hangs.is_some() => Duty::WithdrawBy { what, zone, deadline: None },
                None if !clauses.deadline_words.is_empty() => {
                    Duty::NotEvaluable(NotEvaluable::NotYet("a deadline that hangs on another act".to_owned()))
                }
                None => Duty::NotEvaluable(NotEvaluable::Undefined("it sets no deadline".to_owned())),
            },
            Demand::ForPeople(duty) => duty,
            Demand::NotEvaluable(why) => Duty::NotEvaluable(why),
        }
    }

    fn force(&self, clauses: &Clauses) -> Force {
        let clock = &self.agreement.clock;
        let signed = self.signed_at.or_else(|| clock.day_begins(self.agreement.signed?));
        if clauses.from.is_none() && clauses.from_failed.is_none() {
            // What hangs on an event may bind as soon as the agreement does.
            self.chooser.touch(&self.header_depends);
        }
        let from = match (clauses.from, &clauses.from_failed) {
            (Some(at), _) => Ok(at),
            (None, Some(why)) => Err(why.clone()),
            (None, None) => self.in_force.or(signed).ok_or_else(|| "it does not say from when it binds".to_owned()),
        };
        let until = match (&from, clauses.lasts, clauses.until) {
            _ if clauses.until_failed.is_some() => Until::Unknown(clauses.until_failed.clone().unwrap_or_default()),
            (_, None, Some(at)) => Until::At(at),
            (_, None, None) => Until::Open,
            // Its length is counted from the event.
            (_, Some(_), _) if clauses.from_hangs.is_some() && clauses.renewed_by.is_none() => Until::Open,
            (_, Some(_), _) if clauses.from_hangs.is_some() => {
                Until::Unknown("its length is known, but not its beginning".to_owned())
            }
            (Err(_), Some(_), _) => Until::Unknown("its length is known, but not its beginning".to_owned()),
            (Ok(from), Some(lasts), _) => match clock.add(*from, lasts) {
                None => Until::Unknown("its end is beyond the calendar".to_owned()),
                Some(end) => match clauses.renewed_by {
                    Some((by, together)) => Until::Renewable { first: end, by, together },
                    None => Until::At(end),
                },
            },
        };
        Force { from, until, displaced: None, hours: None }
    }

    /// What ends before it begins binds nobody, and nobody would notice.
    fn ends_after_it_begins(&mut self, one: &Placed, force: &Force) {
        let (Ok(from), Until::At(end) | Until::Renewable { first: end, .. }) = (&force.from, &force.until) else {
            return;
        };
        if end <= from {
            let clause = one.statement.clause("until").or_else(|| one.statement.clause("for"));
            let span = clause.map_or_else(|| one.statement.node.span(), |c| c.span());
            let clock = &self.agreement.clock;
            let title = format!("this term ends before it begins, on {}", clock.show(*from));
            self.error("T155", span, title, "it would bind nobody").help =
                Some("check both moments, and which of them comes first".to_owned());
        }
    }

    /// What ends before its deadline never binds: until then nothing is asked.
    fn ends_after_it_is_due(&mut self, one: &Placed, duty: &Duty, force: &Force) {
        let (Some(due), Until::At(end) | Until::Renewable { first: end, .. }) = (duty.deadline(), &force.until) else {
            return;
        };
        if *end <= due {
            let clause = one.statement.clause("until").or_else(|| one.statement.clause("for"));
            let span = clause.map_or_else(|| one.statement.node.span(), |c| c.span());
            let title = format!("this term ends before it is due, on {}", self.agreement.clock.show(due));
            self.error("T155", span, title, "nothing would ever be asked of anybody").help =
                Some("check both moments; what is done once by a deadline needs no end".to_owned());
        }
    }

    fn clauses(&mut self, one: &Placed) -> Clauses {
        let mut read = Clauses::default();
        for clause in one.statement.clauses() {
            if self.left_out(&clause) {
                continue;
            }
            let words = clause.keyword();
            match words.as_str() {
                "from" => {
                    read.from = self.instant_in(&clause, Edge::Start);
                    let hangs = if read.from.is_none() { self.hanging_in(&clause) } else { None };
                    if let Some(anchor) = hangs {
                        read.from_hangs = Some(Condition { words: clause.phrase(), holds: Holds::Since(anchor) });
                    } else if read.from.is_none() {
                        read.from_failed =
                            Some(format!("its beginning, `{}`, cannot be placed in time", clause.phrase()));
                    }
                }
                "until" => {
                    read.until = self.instant_in(&clause, Edge::End);
                    let hangs = if read.until.is_none() { self.hanging_in(&clause) } else { None };
                    if let Some(anchor) = hangs {
                        read.until_hangs = Some(Condition { words: clause.phrase(), holds: Holds::Until(anchor) });
                    } else if read.until.is_none() {
                        read.until_failed = Some(format!("its end, `{}`, cannot be placed in time", clause.phrase()));
                    }
                }
                "for" => read.lasts = self.period_in(&clause),
                "renewed by" => {
                    if let Some(names) = clause.child(K::Names) {
                        let together = names.keywords().iter().all(|k| k != "separately");
                        read.renewed_by = Some((self.actors(&names), together));
                    }
                }
                "renewed tacitly unless" => {
                    let (notice, by) = self.notice_of(&clause);
                    read.tacit = Some((clause.phrase(), notice, by));
                }
                "by" => {
                    self.deadline(&clause, Edge::End, &mut read);
                    // "By 10:00" has all of 10:00:00 in it; "by the 3rd", all of
                    // that day, which its edge says already.
                    let whole_day = self.value_in(&clause, K::Instant).is_some_and(|node| self.is_a_day(&node));
                    if !whole_day {
                        read.deadline = read.deadline.and_then(|at| at.checked_add(jiff::Span::new().seconds(1)).ok());
                    }
                }
                "before" => self.deadline(&clause, Edge::Start, &mut read),
                "within" if self.value_in(&clause, K::Distance).is_some() => {
                    let ground = self.ground_within(&clause).transpose();
                    read.place(ground, clause.phrase());
                }
                "within" => {
                    read.deadline_words.push(clause.phrase());
                    let start = self.instant_in(&clause, Edge::Start);
                    let period = self.period_in(&clause);
                    read.deadline = start.zip(period).and_then(|(at, p)| self.agreement.clock.add(at, p));
                    if let (None, Some(period), Some(anchor)) = (start, period, self.hanging_in(&clause)) {
                        read.due_hangs = Some(since(&clause, anchor, Some(period)));
                    }
                }
                // What leads through a line or a point passes no ground.
                "through" if !self.has_inside(&clause) => read.conditions.push(not_evaluated(clause.phrase())),
                "in" | "through" => {
                    let ground = self.within(&clause);
                    read.place(ground, clause.phrase());
                }
                "below" => {
                    read.below = self.value_in(&clause, K::Distance).and_then(|node| self.metres(&node));
                    read.act_words.push(clause.phrase());
                    read.beyond_ground.push(clause.phrase());
                }
                "above" => {
                    read.above = self.value_in(&clause, K::Distance).and_then(|node| self.metres(&node));
                    read.act_words.push(clause.phrase());
                    read.beyond_ground.push(clause.phrase());
                }
                "with" => match self.armed_with(&clause) {
                    Some(forces) if read.with.is_none() => {
                        read.with = Some((forces, clause.phrase()));
                        read.act_words.push(clause.phrase());
                        read.beyond_ground.push(clause.phrase());
                    }
                    _ => read.conditions.push(not_evaluated(clause.phrase())),
                },
                "except in self-defence" => read.exceptions.push(Exception::SelfDefence(clause.text_value())),
                "except against" => {
                    if let Some(names) = clause.child(K::Names) {
                        let set = self.actors(&names);
                        read.exceptions.push(Exception::Against(set));
                    }
                }
                "except" => read.exceptions.extend(clause.text_value().map(Exception::ForPeople)),
                "verified by" => {
                    if let Some(names) = clause.child(K::Names) {
                        read.verified_by = read.verified_by.or(self.actors(&names));
                    }
                }
                "certified by" => {
                    if let Some(names) = clause.child(K::Names) {
                        let together = names.keywords().iter().all(|k| k != "separately");
                        read.certified_by = (self.actors(&names), together);
                    }
                    read.remarks.push(clause.phrase());
                }
                // Read where it is looked for: what it belongs to, what it replaces.
                "under" | "in place of" | "standard of proof" | "each day from" => {}
                "proven only by" => match self.proof(&clause) {
                    Some(proof) => read.proof.push(proof),
                    None => read.conditions.push(not_evaluated(clause.phrase())),
                },
                "every" => {
                    let often = self.value_in(&clause, K::Duration).map(|node| node.phrase());
                    read.every = match often.as_deref() {
                        Some("1 day") => Some(Per::Day),
                        Some("1 week" | "7 days") => Some(Per::Week),
                        Some("1 month") => Some(Per::Month),
                        _ => None,
                    };
                    read.every_words = Some(clause.phrase());
                    read.recurring = self.period_in(&clause).and_then(Recurring::of);
                }
                "cure within" => {
                    read.cure = self.period_in(&clause);
                    if read.cure.is_some_and(|time| !time.is_positive()) {
                        self.error("T211", clause.span(), "nothing is made good in no time", "how long?").help =
                            Some("write how long a time is meant: `cure within 3 days`".to_owned());
                    }
                    read.remarks.push(clause.phrase());
                }
                "consequence" => {
                    read.consequences.extend(clause.text_value());
                    read.remarks.push(clause.phrase());
                }
                word if REMARKS.contains(&word) => read.remarks.push(clause.phrase()),
                _ => {
                    let condition = self.condition(&clause);
                    read.conditions.push(condition);
                }
            }
        }
        // A length of time from an event ends so long after it.
        if let (Some(Condition { words, holds: Holds::Since(anchor) }), Some(lasts)) = (&read.from_hangs, read.lasts) {
            let mut end = anchor.clone();
            end.plus.push(lasts);
            let length = one.statement.clause("for").map(|c| c.phrase()).unwrap_or_default();
            read.until_hangs = Some(Condition { words: format!("{words} {length}"), holds: Holds::Until(end) });
        }
        if read.renewed_by.is_some() && read.lasts.is_none() {
            let clause = one.statement.clause("renewed by");
            let span = clause.map_or_else(|| one.statement.node.span(), |c| c.span());
            self.error("T151", span, "a renewal needs a length of time to renew", "renewed from when?").help =
                Some("say how long it lasts first: `for 48 hours`".to_owned());
        }
        read
    }

    fn deadline(&mut self, clause: &SyntaxNode, edge: Edge, read: &mut Clauses) {
        read.deadline_words.push(clause.phrase());
        read.deadline = self.instant_in(clause, edge);
        if read.deadline.is_none() {
            read.due_hangs = self.hanging_in(clause).map(|anchor| since(clause, anchor, None));
        }
    }

    pub(super) fn within(&mut self, clause: &SyntaxNode) -> Option<Result<Zone, NotEvaluable>> {
        let place = self.place_named(&clause.child(K::Names)?)?;
        let words = format!("in {}", place.name);
        Some(match self.inside(&place, clause.span()) {
            Ok(Some(())) => zone(place, Region::Inside, words),
            Ok(None) => return None,
            Err(why) => Err(why),
        })
    }

    fn has_inside(&mut self, clause: &SyntaxNode) -> bool {
        let place = clause.child(K::Names).and_then(|names| self.place_named(&names));
        place.is_none_or(|place| !matches!(place.shape, Ok(Shape::Line(_) | Shape::Point(_))))
    }
}

impl Clauses {
    /// Takes the ground of a clause; a second one is a condition, since what
    /// lies in both is not worked out.
    fn place(&mut self, ground: Option<Result<Zone, NotEvaluable>>, words: String) {
        match ground {
            Some(ground) if self.within.is_none() => {
                self.within = Some(ground);
                self.act_words.push(words);
            }
            _ => self.conditions.push(not_evaluated(words)),
        }
    }
}

/// What runs on by itself has no written end: when it ends is told by notices.
fn runs_on(
    force: &mut Force,
    tacit: Option<(String, jiff::Span, ActorSet)>,
    lasts: Option<jiff::Span>,
    bound: ActorSet,
) -> Option<Condition> {
    let (words, notice, by) = tacit?;
    let holds = match (&force.from, &force.until, lasts) {
        (Ok(begins), Until::At(_), Some(each)) => {
            let by = if by.is_empty() { bound } else { by };
            let tacit = Tacit { begins: *begins, each, notice, by };
            force.until = Until::Open;
            Holds::UnlessNotice(tacit)
        }
        _ => Holds::NotEvaluated,
    };
    Some(Condition { words, holds })
}

fn not_evaluated(words: String) -> Condition {
    Condition { words, holds: Holds::NotEvaluated }
}

/// A condition that is met when so long has passed since an event.
fn since(clause: &SyntaxNode, mut anchor: Anchor, later: Option<jiff::Span>) -> Condition {
    anchor.plus.extend(later);
    Condition { words: clause.phrase(), holds: Holds::Since(anchor) }
}
