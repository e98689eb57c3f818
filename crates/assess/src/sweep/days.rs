//! Where a gate stands, for every number of consecutive days that it may ask for.

use armistice_terms::Checked;

use crate::assessment::{Options, assess};
use crate::evidence::{Evidence, EvidenceError};
use crate::gate::{GateClock, GateState};
use crate::opening::open_by;

/// Where a gate stands at every number of days, under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateCurve {
    /// Which alternative is taken of each question that the gate hangs on.
    pub answers: Vec<(usize, usize)>,
    /// From each number of days on, where it stands; the first where the range
    /// begins. The day it names, if it does, is that of this number of days.
    pub steps: Vec<(i64, GateState)>,
}

/// What every number of consecutive days would have meant for a gate, and the
/// period over which, in seconds: first, and first after.
///
/// What a day was hangs on no number of them: each is judged once.
///
/// # Errors
/// [`EvidenceError`] as for [`assess`](crate::assess).
pub fn sweep_days(
    checked: &Checked,
    evidence: Evidence<'_>,
    options: Options,
    (gate, (from, to)): (usize, (i64, i64)),
) -> Result<(Vec<GateCurve>, (i64, i64)), EvidenceError> {
    let assessment = assess(checked, evidence, options)?;
    let clocks = assessment.gates.get(gate).map(Vec::as_slice).unwrap_or_default();
    let curves = clocks.iter().map(|clock| {
        let agrees = |answers: &[usize]| clock.answers.iter().all(|(q, a)| answers.get(*q) == Some(a));
        let reading = checked.readings.iter().find(|reading| agrees(&reading.answers));
        let asked = reading.and_then(|reading| Some((&reading.agreement, reading.agreement.gates.get(gate)?)));
        let mut gate = asked.map(|(_, gate)| gate.clone());
        let mut clock: GateClock = clock.clone();
        let mut steps: Vec<(i64, GateState)> = Vec::new();
        // No run is longer than all days: beyond that all numbers are one.
        let days = i64::try_from(clock.days.len()).unwrap_or(i64::MAX);
        for wanted in from..=to.min(days.saturating_add(1).max(from)) {
            let state = match (&mut gate, asked) {
                (Some(gate), Some((agreement, _))) if !matches!(clock.state, GateState::NotEvaluable(_)) => {
                    gate.days = u32::try_from(wanted).unwrap_or(u32::MAX);
                    open_by(gate, agreement, &assessment.notices, &mut clock)
                }
                _ => clock.state.clone(),
            };
            if steps.last().is_none_or(|(_, before)| before.word() != state.word()) {
                steps.push((wanted, state));
            }
        }
        GateCurve { answers: clock.answers, steps }
    });
    Ok((curves.collect(), assessment.window))
}
