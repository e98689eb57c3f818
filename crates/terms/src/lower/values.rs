//! Moments, durations, distances, names: what stands in the places of clauses.

use armistice_geodesy::Metres;
use armistice_syntax::{
    Bracket, Fix, NodeExt, SyntaxKind as K, SyntaxNode, SyntaxToken, Unit, parse_number, with_article,
};
use jiff::civil::{Date, Time};
use jiff::tz::AmbiguousOffset;
use jiff::{Span as Period, Timestamp};

use super::{Lower, span_of};
use crate::model::ActorSet;

/// What a bare date means: its first instant, or the first one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Start,
    End,
}

impl Lower<'_> {
    /// The alternative of a bracket node under this reading.
    pub(super) fn chosen(&self, node: &SyntaxNode) -> Option<SyntaxNode> {
        self.chooser.choose(&Bracket::of(node.clone())?)
    }

    /// The node of `kind` in `parent`, through a bracket if there is one.
    pub(super) fn value_in(&self, parent: &SyntaxNode, kind: K) -> Option<SyntaxNode> {
        if let Some(found) = parent.child(kind) {
            return Some(found);
        }
        parent.nodes(K::Bracket).find_map(|bracket| self.chosen(&bracket)?.child(kind))
    }

    /// Whether a clause is not there under this reading: `by [D: "one text" |
    /// none: "another"]`.
    pub(super) fn left_out(&self, clause: &SyntaxNode) -> bool {
        clause.nodes(K::Bracket).any(|bracket| {
            self.chosen(&bracket).is_some_and(|choice| choice.keywords().first().is_some_and(|word| word == "none"))
        })
    }

    pub(super) fn instant_in(&mut self, parent: &SyntaxNode, edge: Edge) -> Option<Timestamp> {
        let node = self.value_in(parent, K::Instant)?;
        self.instant(&node, edge)
    }

    /// An instant that cannot wait for what happens: one that hangs on another
    /// act is a mistake here.
    pub(super) fn fixed_instant_in(&mut self, parent: &SyntaxNode, edge: Edge) -> Option<Timestamp> {
        let node = self.value_in(parent, K::Instant)?;
        self.fixed_instant(&node, edge)
    }

    pub(super) fn fixed_instant(&mut self, node: &SyntaxNode, edge: Edge) -> Option<Timestamp> {
        let before = self.diagnostics.len();
        let at = self.instant(node, edge);
        if at.is_none() && self.diagnostics.len() == before {
            self.must_be_a_date(node);
        }
        at
    }

    pub(super) fn must_be_a_date(&mut self, node: &SyntaxNode) {
        self.error("T119", node.span(), "this moment cannot be placed in time", "a date is needed here").help =
            Some("write a date, with an hour where there is one: `2016-09-12 19:00`".to_owned());
    }

    /// The instant a node means; a mistake is diagnosed and gives `None`.
    pub(super) fn instant(&mut self, node: &SyntaxNode, edge: Edge) -> Option<Timestamp> {
        let mut at = self.anchor(node, edge)?;
        for period in self.offsets(node)? {
            let Some(moved) = self.agreement.clock.add(at, period) else {
                self.beyond_the_calendar(node);
                return None;
            };
            at = moved;
        }
        self.agreement.resolved.push((node.span(), at));
        Some(at)
    }

    /// The lengths of time that are added to a moment, in order.
    pub(super) fn offsets(&mut self, node: &SyntaxNode) -> Option<Vec<Period>> {
        let tokens = node.children_with_tokens().filter_map(|e| e.into_token());
        let signs: Vec<bool> =
            tokens.filter(|t| matches!(t.kind(), K::Plus | K::Minus)).map(|t| t.kind() == K::Plus).collect();
        let signed = signs.into_iter().zip(node.nodes(K::Duration));
        signed.map(|(ahead, length)| self.period(&length).map(|period| if ahead { period } else { -period })).collect()
    }

    fn anchor(&mut self, node: &SyntaxNode, edge: Edge) -> Option<Timestamp> {
        let keywords = node.keywords();
        let keyword = keywords.first().map(String::as_str);
        let edge = match keyword {
            Some("the end of") => Edge::End,
            Some("the start of") => Edge::Start,
            _ => edge,
        };
        match keyword {
            Some("signature") => {
                let Some(date) = self.agreement.signed else {
                    self.error("T112", node.span(), "the agreement does not say when it was signed", "no `signed`")
                        .help = Some("add `signed 2016-09-09` to the `agreement` statement".to_owned());
                    return None;
                };
                self.chooser.touch(&self.header_depends);
                return self.signed_at.or_else(|| self.day_edge(date, edge));
            }
            Some("entry into force") => {
                if self.in_force.is_none() {
                    self.error(
                        "T113",
                        node.span(),
                        "the agreement does not say when it enters into force",
                        "no `in force from`",
                    )
                    .help = Some("add `in force from D` to the `agreement` statement".to_owned());
                }
                self.chooser.touch(&self.header_depends);
                return self.in_force;
            }
            // Known only from records: see `hanging`.
            Some("completion of") => return None,
            Some("the opening of") => {
                let token = node.token(K::Name)?;
                if !self.gate_names.iter().any(|gate| gate == token.text()) {
                    let gates = self.gate_names.clone();
                    let title = format!("no gate `{}` is declared", token.text());
                    let error = self.error("T114", node.span(), title, "not a gate");
                    error.help = Some("only a gate opens; for other things write `completion of 3`".to_owned());
                    error.suggest(span_of(&token), token.text(), gates.iter().map(String::as_str));
                }
                return None;
            }
            _ => {}
        }
        if node.token(K::Date).is_some() {
            return self.date_and_time(node, edge);
        }
        let token = node.token(K::Name)?;
        let name = token.text();
        if let Some(&index) = self.moment_index.get(name) {
            let moment = self.agreement.moments.get(index)?;
            self.chooser.touch(&moment.depends);
            return match (moment.day, keyword) {
                (Some(day), _) => self.day_edge(day, edge),
                (None, None) => Some(moment.at),
                (None, Some(keyword)) => {
                    let title = format!("`{name}` is an instant and has neither start nor end");
                    let error = self.error("T136", node.span(), title, format!("`{keyword}` says nothing of it"));
                    error.help = Some(format!("write `{name}` alone"));
                    error.fix = Some(Fix { span: node.span().start..span_of(&token).start, text: String::new() });
                    None
                }
            };
        }
        if self.unplaced.contains_key(name) {
            return None;
        }
        let other = self.declared.get(name).map(|(what, _)| *what);
        // A phase begins and ends with what happens: see `hanging`.
        if other == Some("phase") && keyword.is_some() {
            return None;
        }
        let moments: Vec<String> = self.agreement.moments.iter().map(|m| m.name.clone()).collect();
        let circular = other == Some("moment");
        let title = match other {
            Some("moment") => format!("`{name}` hangs on itself"),
            Some(what) => format!("`{name}` is {}, not a moment", with_article(what)),
            None => format!("no moment `{name}` is declared"),
        };
        let help = match other {
            _ if circular => None,
            Some("line" | "area" | "point" | "corridor") => {
                Some(format!("to say where from, write `out of {name}`, or `at least 3 km from {name}`"))
            }
            Some("phase") => Some(format!("write `the start of {name}` or `the end of {name}`")),
            _ => Some(format!("declare it: `moment {name} is 2016-09-12 19:00`")),
        };
        let error = self.error("T114", node.span(), title, "not a moment");
        error.help = help;
        error.suggest(span_of(&token), name, moments.iter().map(String::as_str));
        None
    }

    fn date_and_time(&mut self, node: &SyntaxNode, edge: Edge) -> Option<Timestamp> {
        let date = self.date_in(node)?;
        if node.token(K::Time).is_none() {
            let at = self.day_edge(date, edge);
            if at.is_none() {
                self.beyond_the_calendar(node);
            }
            return at;
        }
        if let Some(keyword) = node.keywords().first() {
            self.error(
                "T136",
                node.span(),
                "an hour has neither start nor end",
                format!("`{keyword}` says nothing of it"),
            )
            .help = Some("write the date alone after it, or the hour alone".to_owned());
            return None;
        }
        let local = date.to_datetime(self.time_of_day(node)?);
        let zone = match node.token(K::Name) {
            None => self.agreement.clock.zone.clone(),
            Some(token) => match jiff::tz::TimeZone::get(token.text()) {
                Ok(zone) => zone,
                Err(_) => {
                    self.no_such_zone(token.text(), span_of(&token));
                    return None;
                }
            },
        };
        let found = zone.to_ambiguous_timestamp(local);
        if found.is_ambiguous() {
            let never = matches!(found.offset(), AmbiguousOffset::Gap { .. });
            self.diagnostics.push(crate::lint::clock_change(node.span(), never));
        }
        let at = found.compatible().ok();
        if at.is_none() {
            self.beyond_the_calendar(node);
        }
        at
    }

    /// The day that a node means without an hour, if it means one.
    pub(super) fn day_meant(&self, node: &SyntaxNode) -> Option<Date> {
        if node.child(K::Duration).is_some() || node.token(K::Time).is_some() {
            return None;
        }
        if let Some(date) = node.token(K::Date) {
            return date.text().parse().ok();
        }
        let name = node.token(K::Name)?;
        self.agreement.moments.get(*self.moment_index.get(name.text())?)?.day
    }

    pub(super) fn is_a_day(&self, node: &SyntaxNode) -> bool {
        self.day_meant(node).is_some() || !node.keywords().is_empty()
    }

    fn beyond_the_calendar(&mut self, node: &SyntaxNode) {
        self.error("T111", node.span(), "this moment is beyond the calendar", "too far away").help =
            Some("the calendar ends with the year 9999; what has no end needs no `until`".to_owned());
    }

    pub(super) fn day_edge(&self, date: Date, edge: Edge) -> Option<Timestamp> {
        let date = if edge == Edge::End { date.tomorrow().ok()? } else { date };
        self.agreement.clock.day_begins(date)
    }

    /// The date directly in a node, or in its moment.
    pub(super) fn date_in(&mut self, node: &SyntaxNode) -> Option<Date> {
        let holder = if node.token(K::Date).is_some() { node.clone() } else { self.value_in(node, K::Instant)? };
        let token = holder.token(K::Date)?;
        let parsed = token.text().parse::<Date>();
        if parsed.is_err() {
            self.error(
                "T115",
                holder.span(),
                format!("`{}` is not a day of the calendar", token.text()),
                "no such day",
            )
            .help = Some("write year, month and day: `2016-09-12`".to_owned());
        }
        parsed.ok()
    }

    pub(super) fn time_of_day(&mut self, node: &SyntaxNode) -> Option<Time> {
        self.time_of(&node.token(K::Time)?, node)
    }

    /// The time that a token of a node writes.
    pub(super) fn time_of(&mut self, token: &SyntaxToken, node: &SyntaxNode) -> Option<Time> {
        let padded =
            if token.text().find(':') == Some(1) { format!("0{}", token.text()) } else { token.text().to_owned() };
        // 24:00 is how agreements write the end of a day; it is not one of
        // the clock's times, so it is refused with the way to say it.
        let parsed = padded.parse::<Time>();
        if parsed.is_err() {
            self.error("T116", node.span(), format!("`{}` is not a time of day", token.text()), "no such time").help =
                Some("times run from 00:00 to 23:59; for the end of a day write `the end of 2016-09-12`".to_owned());
        }
        parsed.ok()
    }

    pub(super) fn period_in(&mut self, parent: &SyntaxNode) -> Option<Period> {
        let node = self.value_in(parent, K::Duration)?;
        self.period(&node)
    }

    /// Days, weeks, months and years run on the calendar; hours do not.
    pub(super) fn period(&mut self, node: &SyntaxNode) -> Option<Period> {
        let number = node.token(K::Number).and_then(|t| parse_number(t.text()))?;
        let unit = node.token(K::Word).and_then(|t| Unit::of(t.text()))?;
        let whole = |number: f64, each: i64| -> Option<i64> {
            let total = number * each as f64;
            (total.fract() == 0.0 && total.abs() < 1e9).then_some(total as i64)
        };
        let period = match unit {
            Unit::Fixed(seconds) => whole(number, seconds).and_then(|n| Period::new().try_seconds(n).ok()),
            Unit::Days(days) => whole(number, days).and_then(|n| Period::new().try_days(n).ok()),
            Unit::Months(months) => whole(number, months).and_then(|n| Period::new().try_months(n).ok()),
            _ => None,
        };
        if period.is_none() {
            let (title, help) = if number >= 1e9 {
                ("nothing lasts that long", "check the number and its unit")
            } else {
                ("this is not a whole length of time", "use whole days, months or years, or hours: `36 hours`")
            };
            self.error("T117", node.span(), title, "cannot be counted").help = Some(help.to_owned());
        }
        period
    }

    pub(super) fn metres(&mut self, node: &SyntaxNode) -> Option<Metres> {
        let number = node.token(K::Number).and_then(|t| parse_number(t.text()))?;
        let Some(Unit::Length(metres)) = node.token(K::Word).and_then(|t| Unit::of(t.text())) else {
            return None;
        };
        let mut length = Metres::new(number * metres);
        if length.get() > 20_100_000.0 {
            self.error("T118", node.span(), "no two places on Earth are that far apart", "too long").help =
                Some("20 000 km reaches the other side; check the number and its unit".to_owned());
            return None;
        }
        // "50 km in all" is 25 km on each side of the line.
        if node.keywords().iter().any(|k| k == "in all") {
            length = length * 0.5;
        }
        Some(length)
    }

    /// The actors a `Names` node names.
    pub(super) fn actors(&mut self, node: &SyntaxNode) -> ActorSet {
        let mut set = ActorSet::NONE;
        for token in node.tokens_of(K::Name) {
            let range = token.text_range();
            let span = usize::from(range.start())..usize::from(range.end());
            set = set.or(self.actor(token.text(), span));
        }
        set
    }

    pub(super) fn actor(&mut self, name: &str, span: armistice_syntax::Span) -> ActorSet {
        if let Some(index) = self.agreement.actors.iter().position(|a| a.name == name) {
            return ActorSet::one(index);
        }
        let other = self.declared.get(name).cloned();
        let known: Vec<String> = self.agreement.actors.iter().map(|a| a.name.clone()).collect();
        let title = match &other {
            Some((what, _)) => format!("`{name}` is {}, not a party or body", with_article(what)),
            None => format!("nobody called `{name}` is declared"),
        };
        let error = self.error("T120", span.clone(), title, "not declared");
        error.help = Some(format!("declare it: `party {name} \"who they are\"`"));
        error.suggest(span, name, known.iter().map(String::as_str));
        if let Some((_, at)) = other {
            error.related.push((at, "declared here".to_owned()));
        }
        ActorSet::NONE
    }
}
