//! Small things every report says alike.

use std::collections::BTreeSet;

use armistice_assess::{Assessment, Killed, Placing, Toll, Variant, first_after};
use armistice_geodesy::Metres;
use armistice_records::RecordColumns;
use armistice_terms::Checked;
use arrow_array::Array;
use jiff::Timestamp;

/// `2016-09-12 19:00`, in the agreement's zone.
pub(crate) fn local(checked: &Checked, second: i64) -> String {
    Timestamp::from_second(second).map_or_else(|_| "?".to_owned(), |at| checked.agreement().clock.show(at))
}

/// `2016-09-12 16:00 UTC`.
pub(crate) fn utc(second: i64) -> String {
    Timestamp::from_second(second).map_or_else(|_| "?".to_owned(), |at| at.strftime("%Y-%m-%d %H:%M UTC").to_string())
}

/// The alternatives a reading takes, as the text writes them, each with who
/// says so: `3500 m: Al-Akhbar`.
pub(crate) fn reading(checked: &Checked, answers: &[(usize, usize)]) -> Vec<String> {
    let taken = |(question, answer): &(usize, usize)| {
        let question = checked.questions.get(*question)?;
        let (words, label) = question.words.get(*answer).zip(question.labels.get(*answer))?;
        Some(format!("{words}: {label}"))
    };
    answers.iter().filter_map(taken).collect()
}

/// What somebody alone says, of all that a thing hangs on: `1 km ("Al-Akhbar")`.
/// A bracket with one alternative is no question, and no fact either.
pub(crate) fn word_of_one(checked: &Checked, depends: &BTreeSet<usize>) -> Option<String> {
    let alone = |question: &usize| {
        let question = checked.questions.get(*question)?;
        match (question.labels.as_slice(), question.words.as_slice()) {
            ([label], [words]) => Some(format!("{words} (\"{label}\")")),
            _ => None,
        }
    };
    let alone: Vec<String> = depends.iter().filter_map(alone).collect();
    (!alone.is_empty()).then(|| format!("what one source alone says: {}", alone.join("; ")))
}

/// `2,082`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `on 2019-12-31` for all of a day of the agreement, else `by 2019-12-31 14:00`.
pub(crate) fn as_known(checked: &Checked, at: Timestamp) -> String {
    let clock = &checked.agreement().clock;
    let after = first_after(at);
    let day = Timestamp::from_second(after - 1).ok().map(|last| clock.day_of(last));
    let next = day.and_then(|day| clock.day_begins(day.tomorrow().ok()?));
    match (day, next) {
        (Some(day), Some(next)) if next.as_second() == after => format!("on {day}"),
        _ => format!("by {}", local(checked, after)),
    }
}

/// Several readings as one phrase: what they all take, in quotation marks. What
/// they do not share cannot matter where they come out alike.
pub(crate) fn reading_phrase(checked: &Checked, alike: &[Vec<(usize, usize)>]) -> String {
    let mut common = alike.first().cloned().unwrap_or_default();
    for answers in alike {
        common.retain(|answer| answers.contains(answer));
    }
    if common.is_empty() && alike.len() > 1 {
        // They share no answer: each is named by all of its own.
        const NAMED: usize = 3;
        let each = alike
            .iter()
            .take(NAMED)
            .map(|answers| quoted(&reading(checked, answers)).replace("\u{201d}, ", "\u{201d} with "));
        let more = alike.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(", or {more} more") };
        return each.collect::<Vec<_>>().join(", or ") + &more;
    }
    quoted(&reading(checked, &common))
}

fn quoted(labels: &[String]) -> String {
    labels.iter().map(|l| format!("\u{201c}{l}\u{201d}")).collect::<Vec<_>>().join(", ")
}

/// `12 [12–14]`: the best figure, then the lowest and the highest.
pub(crate) fn killed(killed: &Killed) -> String {
    format!("{} [{}–{}]", killed.best, killed.low, killed.high)
}

/// A text in which nothing steers the terminal or the page that shows it, or
/// turns the order of words round: control characters but line ends, and the
/// overrides, embeddings and isolates of writing direction.
pub(crate) fn harmless(text: &str) -> String {
    let harmful =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if harmful(c) { '\u{fffd}' } else { c }).collect()
}

/// `killed 12 [12–14]`; where a record does not say, neither does the sum.
pub(crate) fn killed_in(toll: &Toll) -> String {
    let silent = toll.records - toll.stated.min(toll.records);
    match (toll.records, silent) {
        (0, _) | (_, 0) => format!("killed {}", killed(&toll.killed)),
        (records, silent) if records == silent => "killed: not stated".to_owned(),
        (_, silent) => format!("killed {}, not stated in {silent}", killed(&toll.killed)),
    }
}

/// `20.3 [20.1–21.3]`, per day.
pub(crate) fn per_day(toll: &Toll, days: u32) -> String {
    let each = |n: u64| {
        if days == 0 { 0.0 } else { n as f64 / f64::from(days) }
    };
    let k = &toll.killed;
    format!("{:.1} [{:.1}–{:.1}]", each(k.best), each(k.low), each(k.high))
}

/// `Government of Syria – Syrian insurgents`.
pub(crate) fn sides(columns: &RecordColumns<'_>, row: usize) -> String {
    let name = |column: armistice_records::WordColumn<'_>| column.get(row).unwrap_or("?").replace('|', ", ");
    format!("{} – {}", name(columns.side_a), name(columns.side_b))
}

/// `2 [2–4] killed`, or nothing where the record does not say.
pub(crate) fn row_killed(columns: &RecordColumns<'_>, row: usize) -> Option<Killed> {
    if columns.deaths_best.is_null(row) {
        return None;
    }
    let best = u64::from(columns.deaths_best.value(row));
    let or_best = |column: &arrow_array::UInt32Array| {
        if column.is_valid(row) { u64::from(column.value(row)) } else { best }
    };
    Some(Killed { low: or_best(columns.deaths_low), best, high: or_best(columns.deaths_high) })
}

/// `2016-09-13`, or `2016-09-12 to 2016-09-16` for a record of several days.
pub(crate) fn days(checked: &Checked, from: i64, until: i64) -> String {
    let clock = &checked.agreement().clock;
    let day = |second: i64| Timestamp::from_second(second).ok().map(|at| clock.zone.to_datetime(at).date());
    match (day(from), day(until - 1)) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "?".to_owned(),
    }
}

/// `1.8 km ± 1.5 km from the line; probability 0.93`, as far as it was measured.
///
/// From ground joined of parts the measure is to its nearest edge.
pub(crate) fn arithmetic(placing: &Placing, joined: bool) -> Option<String> {
    let distance = placing.distance.map(|distance| {
        let radius = placing.radius.map(|radius| format!(" ± {radius} (95 %)")).unwrap_or_default();
        match joined {
            false => format!("measured distance {distance}{radius}"),
            true if distance < Metres::ZERO => format!("{}{radius} inside its nearest edge", -distance),
            true => format!("at least {distance}{radius} outside it"),
        }
    });
    let probability = placing.probability.map(|p| format!("probability of lying in the zone {}", percent(p)));
    let told: Vec<String> = distance.into_iter().chain(probability).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// A probability as a percentage that never claims certainty it has not.
pub(crate) fn percent(probability: f64) -> String {
    if probability < 0.001 {
        "below 0.1 %".to_owned()
    } else if probability > 0.999 {
        "above 99.9 %".to_owned()
    } else {
        format!("{:.1} %", probability * 100.0)
    }
}

/// Who is bound, for a heading.
pub(crate) fn bound(assessment: &Assessment<'_>, provision: usize) -> String {
    let agreement = assessment.checked.agreement();
    agreement.provisions.get(provision).map(|p| agreement.names_of(p.bound)).unwrap_or_default()
}

/// The party of a standings row.
pub(crate) fn party<'a>(assessment: &'a Assessment<'_>, party: Option<usize>) -> &'a str {
    match party {
        None => "as a whole",
        Some(index) => assessment.checked.agreement().actors.get(index).map_or("?", |a| a.name.as_str()),
    }
}

/// The provision of a variant.
pub(crate) fn variant<'v, 'a>(assessment: &'v Assessment<'a>, number: usize) -> Option<&'v Variant<'a>> {
    assessment.variants.get(number)
}

/// Folds a text to lines of at most `width` characters, the further ones
/// indented.
pub(crate) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let mut out = String::new();
    let mut line = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if line > 0 && line + 1 + length > width {
            out.push('\n');
            out.push_str(indent);
            line = indent.chars().count();
        } else if line > 0 {
            out.push(' ');
            line += 1;
        }
        out.push_str(word);
        line += length;
    }
    out
}
