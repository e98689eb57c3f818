//! `persistent from 3 breaches in any 30 days`.

use armistice_syntax::{NodeExt, SyntaxKind as K, parse_number};

use super::{Lower, Placed};
use crate::model::Persistent;

impl Lower<'_> {
    /// When the breaches of a term are persistent.
    pub(super) fn persistent(&mut self, one: &Placed) -> Option<Persistent> {
        let clause = one.statement.clause("persistent from")?;
        let number = clause.token(K::Number).and_then(|token| parse_number(token.text()))?;
        let length = self.period_in(&clause)?;
        if number < 2.0 || number.fract() != 0.0 || number > f64::from(u32::MAX) {
            self.error("T211", clause.span(), "nothing is persistent that happens once", "how many breaches?").help =
                Some("write a whole number from 2 on: `persistent from 3 breaches in any 30 days`".to_owned());
            return None;
        }
        if length.get_months() != 0 || length.get_years() != 0 {
            self.error("T212", clause.span(), "months are not all as long as each other", "how many days?").help =
                Some("write it in days: `in any 30 days`".to_owned());
            return None;
        }
        let days = i64::from(length.get_weeks()) * 7 + i64::from(length.get_days());
        let within = days * 86_400 + length.get_seconds();
        if within <= 0 {
            self.error("T211", clause.span(), "nothing happens twice in no time", "how many days?").help =
                Some("write how long a time is meant: `in any 30 days`".to_owned());
            return None;
        }
        Some(Persistent { breaches: number as u32, within })
    }
}
