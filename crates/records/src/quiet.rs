//! Keeps the decoder's panics to ourselves.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What `run` gives; `None` if it panics. Nothing is printed then: a hostile
/// file is told as what it is, not as a fault of the program.
///
/// The first call wraps the panic hook of the process; other panics, and those
/// of other threads, go on to the hook that was there.
pub(crate) fn quietly<T>(run: impl FnOnce() -> T) -> Option<T> {
    static WRAPPED: Once = Once::new();
    WRAPPED.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                before(panic);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    QUIET.set(false);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing_and_the_next_is_heard_again() {
        assert_eq!(quietly(|| 1), Some(1));
        assert_eq!(quietly(|| if QUIET.get() { panic!("not to be seen") } else { 1 }), None);
        assert!(!QUIET.get());
    }
}
