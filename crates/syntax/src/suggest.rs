//! Did you mean …?

/// The candidate nearest to `word`, if one is near enough to be a slip of the
/// hand rather than another word.
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.is_empty() {
        return None;
    }
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    let allowed = if length <= 3 { 1 } else { (length / 3).max(1) };
    candidates
        .into_iter()
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|((slips, _), candidate)| *slips <= allowed && *candidate != word)
        // The alphabet breaks ties, so that a message never depends on the
        // order in which things were declared.
        .min_by(|a, b| a.cmp(b))
        .map(|(_, candidate)| candidate)
}

/// How many slips of the hand lie between two words; where as many lead to
/// several words, `form` is nearer to `from` than to `for`.
pub(crate) fn distance(a: &str, b: &str) -> (usize, usize) {
    (strsim::damerau_levenshtein(a, b), a.chars().count().abs_diff(b.chars().count()))
}

/// A word with the article that goes before it: `a line`, `an area`.
///
/// ```
/// assert_eq!(armistice_syntax::with_article("outsider"), "an outsider");
/// assert_eq!(armistice_syntax::with_article("party"), "a party");
/// ```
#[must_use]
pub fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// `did you mean "…"?`, or nothing.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(word, candidates).map(|found| format!("did you mean `{found}`?"))
}
