//! How far some points are from all of a stretch of ground, proven.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::plane::Plane;
use crate::{Metres, Position, Radius95};

/// How much of a cell's bound may be its own size: the answer is too long by
/// less than this.
const FINE: f64 = 0.05;
/// Cells to look at before taking the bound as it stands. It only gets shorter.
const MOST_CELLS: usize = 100_000;
/// Longer than what a signed distance is off by, in metres.
const SLACK: f64 = 0.1;

/// Ground on a square of a plane.
pub(crate) struct Ground<'a> {
    pub(crate) plane: Plane,
    /// Half the side of the square about the plane's centre, which holds it all.
    pub(crate) half: f64,
    /// Metres to the edge, negative inside.
    pub(crate) signed: &'a dyn Fn(Position) -> f64,
}

/// A square that may hold some of the ground.
struct Cell {
    x: f64,
    y: f64,
    half: f64,
    /// From its middle to the nearest point, on the plane.
    near: f64,
}

impl Cell {
    /// From the middle to a corner.
    fn corner(&self) -> f64 {
        self.half * std::f64::consts::SQRT_2
    }

    /// No place of the cell is farther from a point, on the plane.
    fn bound(&self) -> f64 {
        self.near + self.corner()
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Cell {}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bound().total_cmp(&other.bound())
    }
}

/// A distance that no place of the ground is farther from the nearest point.
///
/// The distance to the edge changes by no more than one metre for each metre
/// gone, so a square whose middle is farther outside than its corners are from
/// it holds no ground. The rest are cut in four, the worst first.
pub(crate) fn reach(ground: &Ground<'_>, points: &[Position]) -> Metres {
    let Ground { plane, half, signed } = ground;
    let outermost = half * std::f64::consts::SQRT_2;
    // Where the plane is stretched beyond use, no place on Earth is farther.
    if outermost > 0.9 * plane.rim() {
        return Radius95::MOST;
    }
    let stretch = plane.stretch(outermost);
    let points: Vec<(f64, f64)> = points.iter().map(|&p| plane.project(p)).collect();
    let cell = |x: f64, y: f64, half: f64| {
        let square = points.iter().map(|p| (p.0 - x) * (p.0 - x) + (p.1 - y) * (p.1 - y)).fold(f64::INFINITY, f64::min);
        Cell { x, y, half, near: libm::sqrt(square) }
    };
    let mut cells = BinaryHeap::from([cell(0.0, 0.0, *half)]);
    let mut looked_at = 0;
    while let Some(worst) = cells.pop() {
        looked_at += 1;
        if worst.corner() <= FINE * worst.near + SLACK || looked_at > MOST_CELLS {
            return Metres::new(worst.bound() * stretch + SLACK);
        }
        let half = worst.half / 2.0;
        for (x, y) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            let part = cell(worst.x + x, worst.y + y, half);
            let clear = plane.unproject((part.x, part.y)).is_some_and(|p| signed(p) > part.corner() * stretch + SLACK);
            if !clear {
                cells.push(part);
            }
        }
    }
    // Every cell was clear: no ground at all.
    Metres::ZERO
}
