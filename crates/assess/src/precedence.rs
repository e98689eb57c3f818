//! Whether a term still counts beside a text that prevails over it
//! (`docs/semantics.md`, section 3, *Gives way*).

use armistice_terms::GivesWay;
use jiff::Timestamp;

use crate::steps::Steps;
use crate::truth::Truth;

/// It counts until the other's text does; then not, as long as that is certain,
/// and afterwards nobody can say.
pub(crate) fn counts(to: GivesWay) -> Steps {
    let Some(from) = to.from.map(Timestamp::as_second) else {
        return Steps::constant(Truth::Unknown);
    };
    let mut line = Steps::constant(Truth::True);
    if let Some(until) = to.certain_until.map(Timestamp::as_second) {
        line.from(from, Truth::False);
        line.from(until, Truth::Unknown);
    } else {
        line.from(from, Truth::Unknown);
    }
    line
}
