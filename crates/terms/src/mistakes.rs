//! What each code of the checker means, from its page of the book.

const PAGE: &str = include_str!("../../../docs/book/src/mistakes.md");

/// The paragraph on a code such as `T105`, with its heading.
///
/// ```
/// assert!(armistice_terms::mistake("t105").unwrap().starts_with("## T105 no time zone\n"));
/// assert_eq!(armistice_terms::mistake("T0"), None);
/// ```
#[must_use]
pub fn mistake(code: &str) -> Option<&'static str> {
    sections().find(|section| code_of(section).eq_ignore_ascii_case(code))
}

/// Every code that the page tells of, in its order.
pub fn mistakes() -> impl Iterator<Item = &'static str> {
    sections().map(code_of)
}

fn sections() -> impl Iterator<Item = &'static str> {
    let starts: Vec<usize> = PAGE.match_indices("\n## ").map(|(at, _)| at + 1).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([PAGE.len()]).collect();
    starts.into_iter().zip(ends).filter_map(|(start, end)| Some(PAGE.get(start..end)?.trim_end()))
}

fn code_of(section: &'static str) -> &'static str {
    section.split(' ').nth(1).unwrap_or_default()
}
