//! Section 1: three values.

/// False, unknown or true, in that order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum T {
    /// Not so.
    F,
    /// It cannot be told.
    U,
    /// So.
    T,
}

/// `⊓`: one of these is the case, and nobody knows which.
pub(crate) fn one_of(cases: &[T]) -> T {
    match cases {
        [] => T::F,
        cases if cases.iter().all(|case| *case == T::T) => T::T,
        cases if cases.iter().all(|case| *case == T::F) => T::F,
        _ => T::U,
    }
}
