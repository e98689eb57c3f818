//! Where what is asked of a value changes its answer, over a range of values.

use std::rc::Rc;

use crate::place::APART;
use crate::truth::Truth;

/// From each value on, what is so; the first is where the range begins.
pub(crate) type Steps = Rc<[(i64, Truth)]>;

/// What is so at a value.
pub(crate) fn at(steps: &[(i64, Truth)], value: i64) -> Truth {
    let passed = steps.partition_point(|(from, _)| *from <= value);
    let last = passed.checked_sub(1).and_then(|last| steps.get(last));
    last.map_or(Truth::Unknown, |(_, truth)| *truth)
}

/// What is so from the beginning on, of what can change nowhere but at some values.
pub(crate) fn steps(from: i64, mut changes: Vec<i64>, so: impl Fn(i64) -> Truth) -> Vec<(i64, Truth)> {
    changes.retain(|at| *at > from);
    changes.sort_unstable();
    changes.dedup();
    let mut found: Vec<(i64, Truth)> = vec![(from, so(from))];
    for at in changes {
        let truth = so(at);
        if found.last().is_none_or(|(_, before)| *before != truth) {
            found.push((at, truth));
        }
    }
    found
}

/// The first value at which something else is so than at the beginning, of what
/// changes once at most.
pub(crate) fn flip<T: PartialEq>((from, to): (i64, i64), so: impl Fn(i64) -> T) -> Option<i64> {
    let first = so(from);
    if so(to) == first {
        return None;
    }
    let (mut before, mut after) = (from, to);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if so(middle) == first { before = middle } else { after = middle }
    }
    Some(after)
}

/// What is so over a range, of what only rises or only falls.
pub(crate) fn monotone((from, to): (i64, i64), so: impl Fn(i64) -> Truth) -> Vec<(i64, Truth)> {
    let mut found = vec![(from, so(from))];
    let mut begins = from;
    // There are three truths, and none comes back.
    while let Some(at) = flip((begins, to), &so) {
        found.push((at, so(at)));
        begins = at;
    }
    found
}

/// A number at a value, as the difference of two that only rise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parted {
    /// The number.
    pub(crate) is: f64,
    /// The one, less the other, is the number to within [`APART`].
    pub(crate) up: f64,
    pub(crate) down: f64,
}

/// Every value at which a number comes to lie on the other side of a threshold:
/// none is left out, though the number may rise and fall. Between two values it
/// is no more than the rising part comes to in the end, less what the other began
/// with.
pub(crate) fn crossings(
    (from, to): (i64, i64),
    threshold: f64,
    number: &impl Fn(i64) -> Parted,
    beyond: &impl Fn(f64) -> bool,
) -> Vec<i64> {
    let mut found = Vec::new();
    let mut left = vec![((from, number(from)), (to, number(to)))];
    while let Some(((a, at_a), (b, at_b))) = left.pop() {
        let most = at_b.up - at_a.down + APART * 2.0;
        let least = at_a.up - at_b.down - APART * 2.0;
        if b <= a || most < threshold || least > threshold {
            continue;
        }
        if b - a == 1 {
            if beyond(at_a.is) != beyond(at_b.is) {
                found.push(b);
            }
            continue;
        }
        let middle = a + (b - a) / 2;
        let at_middle = number(middle);
        left.push(((a, at_a), (middle, at_middle)));
        left.push(((middle, at_middle), (b, at_b)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_truths_are_found() {
        let so = |value: i64| match value {
            ..=6 => Truth::False,
            7..=7 => Truth::Unknown,
            _ => Truth::True,
        };
        assert_eq!(monotone((0, 100), so), [(0, Truth::False), (7, Truth::Unknown), (8, Truth::True)]);
        assert_eq!(monotone((8, 100), so), [(8, Truth::True)]);
        assert_eq!(monotone((7, 7), so), [(7, Truth::Unknown)]);
        assert_eq!(at(&monotone((0, 100), so), 7), Truth::Unknown);
    }

    #[test]
    fn what_rises_and_falls_is_crossed_each_time() {
        // A hill: up to a half at 1000, and down again.
        let number = |value: i64| {
            let up = value.min(1000) as f64 / 1000.0;
            let down = (value - 1000).clamp(0, 1000) as f64 / 1000.0;
            Parted { is: up - down, up, down }
        };
        let mut found = crossings((0, 5000), 0.25, &number, &|p| p >= 0.25);
        found.sort_unstable();
        assert_eq!(found, [250, 1751]);
    }
}
