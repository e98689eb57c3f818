//! Two levers at once: the counts at every pair of some of their values.
//!
//! Of one term, each point hangs on one of the two; so an event comes to one thing
//! over a rectangle of values, and is counted over it at once. Of two terms, what is
//! on record under the one hangs on nothing of the other.

use armistice_terms::Checked;

use super::curve::{changes, events, once, read};
use super::{Axis, Sweep, swept};
use crate::assessment::Options;
use crate::evidence::{Evidence, EvidenceError};
use crate::standing::Counts;

/// What every pair of some values of two levers would have meant.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The period, in seconds: first, and first after.
    pub window: (i64, i64),
    /// Whose counts there are: of all bound together first, then of each party.
    pub rows: Vec<Option<usize>>,
    /// One for each combination of the brackets that the terms still hang on.
    pub sheets: Vec<Sheet>,
}

/// A grid under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Which alternative is taken of each question.
    pub answers: Vec<(usize, usize)>,
    /// By value of the second lever, and then of the first: the counts of each row.
    pub cells: Vec<Vec<Vec<Counts>>>,
}

/// Moves two levers through some of their values, in ascending order.
///
/// The levers are of two provisions, or move two points of one: `None` where they
/// move the same point of one, as a length of time and a deadline do.
///
/// # Errors
/// [`EvidenceError`] as for [`assess`](crate::assess).
pub fn sweep_grid(
    checked: &Checked,
    evidence: Evidence<'_>,
    options: Options,
    axes: [(Axis, &[i64]); 2],
) -> Result<Option<Grid>, EvidenceError> {
    let [(first, xs), (second, ys)] = axes;
    if first.moves.provision() != second.moves.provision() {
        let one = super::sweep(checked, evidence, options, first)?;
        let other = super::sweep(checked, evidence, options, second)?;
        return Ok(Some(beside((&one, xs), (&other, ys))));
    }
    if super::dimension(first) == super::dimension(second) {
        return Ok(None);
    }
    let (rows, window, each) = swept(checked, evidence, options, &[first, second], |rows, window, answers, moving| {
        let (wide, high) = (xs.len() + 1, ys.len() + 1);
        let mut sums = vec![vec![[0_i64; 4]; rows.len()]; wide * high];
        for told in events(moving) {
            let (across, down) = (changes(&told, 0), changes(&told, 1));
            for (x, next_x) in pieces(&across) {
                for (y, next_y) in pieces(&down) {
                    let counts = once(rows, &told, window, &[x, y]);
                    // From the first value in the piece to the first one after it.
                    let place = |values: &[i64], at: i64| values.partition_point(|value| *value < at);
                    let (left, right) = (place(xs, x), next_x.map_or(xs.len(), |next| place(xs, next)));
                    let (top, bottom) = (place(ys, y), next_y.map_or(ys.len(), |next| place(ys, next)));
                    for (at, sign) in [
                        (top * wide + left, 1),
                        (top * wide + right, -1),
                        (bottom * wide + left, -1),
                        (bottom * wide + right, 1),
                    ] {
                        for (sum, counts) in sums.get_mut(at).into_iter().flatten().zip(&counts) {
                            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += sign * count);
                        }
                    }
                }
            }
        }
        Sheet { answers: answers.to_vec(), cells: summed(&sums, (xs.len(), ys.len()), rows.len()) }
    })?;
    Ok(Some(Grid { window, rows, sheets: each }))
}

/// Each value, with the next.
fn pieces(values: &[i64]) -> impl Iterator<Item = (i64, Option<i64>)> + '_ {
    let nexts = values.iter().skip(1).map(|next| Some(*next)).chain([None]);
    values.iter().copied().zip(nexts)
}

/// What the corners of rectangles come to, cell by cell.
fn summed(corners: &[Vec<[i64; 4]>], (wide, high): (usize, usize), rows: usize) -> Vec<Vec<Vec<Counts>>> {
    let mut above = vec![vec![[0_i64; 4]; rows]; wide];
    let mut cells = Vec::with_capacity(high);
    for y in 0..high {
        let mut along = vec![[0_i64; 4]; rows];
        for (x, column) in above.iter_mut().enumerate() {
            let corner = corners.get(y * (wide + 1) + x).map(Vec::as_slice).unwrap_or_default();
            for ((along, column), corner) in along.iter_mut().zip(column).zip(corner) {
                along.iter_mut().zip(corner).for_each(|(sum, corner)| *sum += corner);
                column.iter_mut().zip(*along).for_each(|(sum, along)| *sum += along);
            }
        }
        cells.push(above.iter().map(|counts| read(counts)).collect());
    }
    cells
}

/// The grid of two terms, of which each moves by itself: what is on record under
/// both together.
fn beside((one, xs): (&Sweep, &[i64]), (other, ys): (&Sweep, &[i64])) -> Grid {
    let mut rows = one.rows.clone();
    rows.extend(other.rows.iter().filter(|row| !one.rows.contains(row)));
    let mut sheets = Vec::new();
    for first in &one.curves {
        for second in &other.curves {
            let differs = |(question, answer): &(usize, usize)| {
                second.answers.iter().any(|(other, taken)| other == question && taken != answer)
            };
            if first.answers.iter().any(differs) {
                continue;
            }
            let mut answers = first.answers.clone();
            answers.extend(second.answers.iter().filter(|answer| !first.answers.contains(answer)));
            answers.sort_unstable();
            let of = |sweep: &Sweep, curve: &super::Curve, value: i64, row: Option<usize>| -> Counts {
                let number = sweep.rows.iter().position(|known| *known == row);
                let level = curve.at(value);
                number.zip(level).and_then(|(number, level)| level.counts.get(number)).copied().unwrap_or_default()
            };
            let cell = |x: i64, y: i64| -> Vec<Counts> {
                let both = rows.iter().map(|row| (of(one, first, x, *row), of(other, second, y, *row)));
                let sum = both.map(|(a, b)| Counts {
                    breaches: a.breaches + b.breaches,
                    shared: a.shared + b.shared,
                    cannot_tell: a.cannot_tell + b.cannot_tell,
                    excepted: a.excepted + b.excepted,
                });
                sum.collect()
            };
            let cells = ys.iter().map(|y| xs.iter().map(|x| cell(*x, *y)).collect()).collect();
            sheets.push(Sheet { answers, cells });
        }
    }
    Grid { window: one.window, rows, sheets }
}
