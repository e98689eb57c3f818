//! What an instrument's own words say of numbers and dates, as far as a few
//! fixed phrases show it. Only to be set beside the term, never to stand for it.

use jiff::civil::Date;

/// What one quotation says.
pub(super) struct Quotation {
    /// Every comparison with a number.
    pub(super) compared: Vec<Compared>,
    /// Every date with `by` or `before` in front of it: whether it is `before`,
    /// the month and the day.
    pub(super) deadlines: Vec<(bool, i8, i8)>,
    /// Whether it speaks of the width of something.
    pub(super) of_width: bool,
}

/// Words that speak of the width of a zone.
const WIDTHS: &[&str] = &["wide", "width", "широк", "ширин"];

impl Quotation {
    pub(super) fn of(text: &str) -> Self {
        let words = words(text);
        Self {
            compared: compared(&words),
            deadlines: deadlines(&words),
            of_width: words.iter().any(|word| WIDTHS.iter().any(|part| word.contains(part))),
        }
    }
}

/// A number with what stands before or after it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Compared {
    pub(super) bound: Bound,
    pub(super) number: f64,
    /// `mm`, `cm`, `km`, `m`; none where the text writes none that is known here.
    pub(super) unit: Option<&'static str>,
}

impl Compared {
    /// The number in the smaller of two units: 10 cm are 100 mm.
    pub(super) fn measured(&self) -> (u64, Option<&'static str>) {
        match self.unit {
            Some("cm") => ((self.number * 10.0).to_bits(), Some("mm")),
            Some("km") => ((self.number * 1000.0).to_bits(), Some("m")),
            unit => (self.number.to_bits(), unit),
        }
    }
}

/// Which numbers are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Bound {
    /// More than the number.
    Over,
    /// The number or more.
    AtLeast,
    /// The number or less.
    UpTo,
    /// Less than the number.
    Under,
}

impl Bound {
    /// The language's word.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::AtLeast => "at least",
            Self::UpTo => "up to",
            Self::Under => "under",
        }
    }

    /// The same in common words.
    pub(super) const fn in_prose(self) -> &'static str {
        match self {
            Self::Over => "more than",
            Self::AtLeast => "at least",
            Self::UpTo => "at most",
            Self::Under => "less than",
        }
    }

    /// The bound that differs from this one only by the number itself.
    pub(super) const fn neighbour(self) -> Self {
        match self {
            Self::Over => Self::AtLeast,
            Self::AtLeast => Self::Over,
            Self::UpTo => Self::Under,
            Self::Under => Self::UpTo,
        }
    }

    /// The bound that a word of the language sets.
    pub(super) fn of(word: &str) -> Option<Self> {
        [Self::Over, Self::AtLeast, Self::UpTo, Self::Under].into_iter().find(|bound| bound.word() == word)
    }
}

/// Phrases before a number. The longer first, since one may hold another.
const BEFORE: &[(&str, Bound)] = &[
    ("no less than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("no more than", Bound::UpTo),
    ("not more than", Bound::UpTo),
    ("not exceeding", Bound::UpTo),
    ("не менее", Bound::AtLeast),
    ("не более", Bound::UpTo),
    ("at least", Bound::AtLeast),
    ("at most", Bound::UpTo),
    ("up to", Bound::UpTo),
    ("more than", Bound::Over),
    ("greater than", Bound::Over),
    ("larger than", Bound::Over),
    ("less than", Bound::Under),
    ("exceeding", Bound::Over),
    ("above", Bound::Over),
    ("over", Bound::Over),
    ("under", Bound::Under),
    ("below", Bound::Under),
    ("более", Bound::Over),
    ("свыше", Bound::Over),
    ("менее", Bound::Under),
];

/// Phrases after a number.
const AFTER: &[(&str, Bound)] = &[
    ("and more", Bound::AtLeast),
    ("or more", Bound::AtLeast),
    ("and above", Bound::AtLeast),
    ("or above", Bound::AtLeast),
    ("и более", Bound::AtLeast),
];

fn compared(words: &[String]) -> Vec<Compared> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        let Some((number, joined)) = words.get(at).and_then(|word| number(word)) else {
            continue;
        };
        let next = words.get(at + 1).and_then(|word| unit(word));
        let unit = unit(joined).or(next);
        let after = at + 1 + usize::from(unit.is_some() && joined.is_empty());
        // Between the words and the number there may be `a calibre of`.
        let before = BEFORE.iter().find(|(phrase, _)| ends_with(words.get(..at).unwrap_or_default(), phrase));
        let behind = AFTER.iter().find(|(phrase, _)| begins_with(words.get(after..).unwrap_or_default(), phrase));
        if let Some((_, bound)) = before.or(behind) {
            found.push(Compared { bound: *bound, number, unit });
        }
    }
    found
}

fn deadlines(words: &[String]) -> Vec<(bool, i8, i8)> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        let Some((month, day)) = words.get(at..).and_then(date) else {
            continue;
        };
        let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
        let said = before.iter().rposition(|word| matches!(word.as_str(), "by" | "before"));
        let near = said.filter(|i| before.iter().skip(i + 1).all(|w| matches!(w.as_str(), "the" | "of")));
        if let Some(word) = near.and_then(|i| before.get(i)) {
            found.push((word == "before", month, day));
        }
    }
    found
}

/// In small letters, without the marks around them.
fn words(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// A number, and what is written on to it: `100mm` is 100 and `mm`.
fn number(word: &str) -> Option<(f64, &str)> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(word.len());
    let (digits, rest) = word.split_at_checked(end)?;
    Some((armistice_syntax::parse_number(digits)?, rest))
}

fn unit(word: &str) -> Option<&'static str> {
    Some(match word {
        "mm" | "millimetre" | "millimetres" | "millimeters" | "мм" => "mm",
        "cm" | "centimetre" | "centimetres" | "centimeters" | "см" => "cm",
        "km" | "kilometre" | "kilometres" | "kilometers" | "км" => "km",
        "m" | "metre" | "metres" | "meters" | "м" => "m",
        _ => return None,
    })
}

fn ends_with(words: &[String], phrase: &str) -> bool {
    let count = phrase.split(' ').count();
    words.len().checked_sub(count).and_then(|from| words.get(from..)).is_some_and(|tail| same(tail, phrase))
}

fn begins_with(words: &[String], phrase: &str) -> bool {
    words.get(..phrase.split(' ').count()).is_some_and(|head| same(head, phrase))
}

fn same(words: &[String], phrase: &str) -> bool {
    words.iter().map(String::as_str).eq(phrase.split(' '))
}

/// `15 november`, `november 15`, `2020-11-15` at the beginning of some words.
fn date(words: &[String]) -> Option<(i8, i8)> {
    let first = words.first()?;
    if let Ok(date) = first.parse::<Date>() {
        return Some((date.month(), date.day()));
    }
    let second = words.get(1)?;
    match (month(first), month(second)) {
        (Some(month), None) => Some((month, day(second)?)),
        (None, Some(month)) => Some((month, day(first)?)),
        _ => None,
    }
}

fn day(word: &str) -> Option<i8> {
    word.trim_end_matches(char::is_alphabetic).parse().ok().filter(|day| (1..=31).contains(day))
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let short = |full: &str| word.len() >= 3 && full.starts_with(word);
    (1..).zip(MONTHS).find(|(_, full)| short(full)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_read_before_and_after_a_number() {
        let read = |text: &str| {
            Quotation::of(text).compared.into_iter().map(|c| (c.bound, c.number, c.unit)).collect::<Vec<_>>()
        };
        assert_eq!(read("weapons of calibre over 100 mm"), [(Bound::Over, 100.0, Some("mm"))]);
        assert_eq!(read("калибром свыше 100 мм"), [(Bound::Over, 100.0, Some("mm"))]);
        assert_eq!(read("calibre of 100 and more"), [(Bound::AtLeast, 100.0, None)]);
        assert_eq!(read("no more than 3,500m"), [(Bound::UpTo, 3500.0, Some("m"))]);
        assert_eq!(read("a calibre of 100 mm"), []);
    }

    #[test]
    fn deadlines_are_read_in_three_forms() {
        let deadlines = |text: &str| Quotation::of(text).deadlines;
        assert_eq!(deadlines("before 15 November 2020"), [(true, 11, 15)]);
        assert_eq!(deadlines("by the 1st of December"), []);
        assert_eq!(deadlines("by December 1, and before 2020-11-20"), [(false, 12, 1), (true, 11, 20)]);
        assert_eq!(deadlines("on 15 November, by agreement"), []);
    }
}
