//! What bears on a term that only people can judge.

use armistice_assess::{ForAssessment, plural};

/// How many records are named on a page.
const SHOWN: usize = 8;

/// `12 records (a, b, c and 9 more) and 1 notice about it (d)`.
pub(crate) fn bears(on: &ForAssessment) -> String {
    let named = |ids: &[String], all: u64| {
        let shown: Vec<&str> = ids.iter().take(SHOWN).map(String::as_str).collect();
        match all.saturating_sub(shown.len() as u64) {
            0 => shown.join(", "),
            more => format!("{} and {more} more", shown.join(", ")),
        }
    };
    let listed = |count: u64, one: &str, many: &str, ids: &[String]| {
        let list = if ids.is_empty() { String::new() } else { format!(" ({})", named(ids, count)) };
        format!("{}{list}", plural(count, one, many))
    };
    let records = listed(on.records, "record", "records", &on.first);
    let notices = listed(on.notices.len() as u64, "notice about it", "notices about it", &on.notices);
    if on.notices.is_empty() { records } else { format!("{records} and {notices}") }
}
