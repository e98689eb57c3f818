//! Filling the cells of a field.

use crate::area::Rings;
use crate::field::{Cell, Run, is_inside, is_long};
use crate::grid::{Block, Grid};
use crate::span::{FAR, Span, error};
use crate::vector::{Frame, Vector};

/// So many runs in all cells: beyond, cells do without.
const MOST_RUNS: usize = 1 << 17;
/// Runs so near to each other are one.
const GAP: u32 = 1;
/// Nearer than this a cell may have places of both sides of a boundary.
const BOUNDARY: f64 = 0.01;

struct Sower<'a> {
    grid: &'a Grid,
    spans: &'a [Span],
    rings: Option<&'a [Rings]>,
    reach: f64,
    bounds: Vec<[f32; 2]>,
    cells: Vec<Cell>,
    runs: Vec<Run>,
    /// Runs still in question, of every block that is being cut.
    open: Vec<Run>,
    squares: Vec<f64>,
}

/// Bounds and lists for all cells, and bounds for what lies outside.
pub(crate) fn sown(
    grid: &Grid,
    spans: &[Span],
    rings: Option<&[Rings]>,
    reach: f64,
) -> (Vec<[f32; 2]>, Vec<Cell>, Vec<Run>) {
    let least = if rings.is_some() { f32::NEG_INFINITY } else { 0.0 };
    let nothing_known = [least, f32::INFINITY];
    let cells = grid.cells();
    let mut sower = Sower {
        grid,
        spans,
        rings,
        reach,
        bounds: vec![nothing_known; cells + 3],
        cells: vec![Cell::default(); cells],
        runs: Vec::new(),
        open: Vec::new(),
        squares: Vec::new(),
    };
    if let Ok(end @ 1..) = u32::try_from(spans.len()) {
        sower.open.push(Run { first: 0, end });
        sower.grow(grid.whole(), 0, None);
        sower.bound_outside();
    }
    (sower.bounds, sower.cells, sower.runs)
}

impl Sower<'_> {
    /// A block of cells, to which only the spans in `open[from..]` can be nearest.
    fn grow(&mut self, block: Block, from: usize, inside: Option<bool>) {
        let (middle, radius) = self.grid.middle(block);
        let frame = Frame::at(middle.0, middle.1);
        let (best, (least, most)) = self.measure(from, &frame);
        let (least, most) = (least - radius, most + radius);
        let inside = inside.or_else(|| {
            let rings = self.rings.filter(|_| least > BOUNDARY)?;
            Some(is_inside(rings, &frame))
        });
        if least > self.reach {
            self.fill(block, [least, most], Cell { inside, ..Cell::default() });
            return;
        }
        let kept = self.open.len();
        self.keep(from, most + radius, Near::new(self.spans, best, frame.origin, radius));
        if block.rows == 1 && block.columns == 1 {
            let cell = self.list(kept, inside);
            self.fill(block, [least, most], cell);
        } else {
            for half in self.grid.halves(block) {
                self.grow(half, kept, inside);
            }
        }
        self.open.truncate(kept);
    }

    /// The span nearest to one place, and the least and the most that it may be away.
    fn measure(&mut self, from: usize, frame: &Frame) -> (usize, (f64, f64)) {
        self.squares.clear();
        let mut best: Option<(f64, usize)> = None;
        for run in self.open.get(from..).unwrap_or_default() {
            let spans = self.spans.get(run.first as usize..run.end as usize).unwrap_or_default();
            for (k, span) in (run.first as usize..).zip(spans) {
                let sight = span.sight(frame.origin);
                self.squares.push(sight.square);
                let rank = sight.rank();
                if best.is_none_or(|(least, _)| rank < least) {
                    best = Some((rank, k));
                }
            }
        }
        let best = best.map_or(0, |(_, k)| k);
        (best, self.spans.get(best).map_or((0.0, f64::INFINITY), |span| reading(span, frame.origin)))
    }

    /// Keeps of the spans just measured, as further runs, those that may be within
    /// `limit`, and nearer to some place than the nearest.
    fn keep(&mut self, from: usize, limit: f64, near: Near) {
        // No way over the ground is shorter than the straight one; what is nearest but
        // for the errors counts as well.
        let limit = limit + 4.0 * error(limit);
        let square = limit * limit;
        let until = self.open.len();
        let mut squares = self.squares.iter();
        for k in from..until {
            let Some(&run) = self.open.get(k) else { break };
            let spans = self.spans.get(run.first as usize..run.end as usize).unwrap_or_default();
            for ((number, span), &away) in (run.first..run.end).zip(spans).zip(squares.by_ref()) {
                if away > square || near.hides(span) {
                    continue;
                }
                match self.open.get_mut(until..).and_then(<[Run]>::last_mut) {
                    Some(last) if number <= last.end + GAP && number >= last.end => last.end = number + 1,
                    _ => self.open.push(Run { first: number, end: number + 1 }),
                }
            }
        }
    }

    /// The cell of the runs in `open[from..]`.
    fn list(&mut self, from: usize, inside: Option<bool>) -> Cell {
        let list = self.open.get(from..).unwrap_or_default();
        if is_long(list) {
            return Cell { inside, ..Cell::default() };
        }
        // Neighbours often have the same.
        let last = self.runs.len().saturating_sub(list.len());
        let first = if self.runs.get(last..) == Some(list) { last } else { self.runs.len() };
        if first + list.len() > MOST_RUNS {
            return Cell { inside, ..Cell::default() };
        }
        if first == self.runs.len() {
            self.runs.extend_from_slice(list);
        }
        match (u32::try_from(first), u16::try_from(list.len())) {
            (Ok(first), Ok(runs)) => Cell { first, runs, inside },
            _ => Cell { inside, ..Cell::default() },
        }
    }

    /// One answer for all cells of a block.
    fn fill(&mut self, block: Block, [least, most]: [f64; 2], cell: Cell) {
        let bounds = self.signed(least, most, cell.inside);
        for row in block.row..block.row + block.rows {
            let first = self.grid.cell(row, block.column);
            let end = first + block.columns as usize;
            self.bounds.get_mut(first..end).unwrap_or_default().fill(bounds);
            self.cells.get_mut(first..end).unwrap_or_default().fill(cell);
        }
    }

    fn signed(&self, least: f64, most: f64, inside: Option<bool>) -> [f32; 2] {
        let least = least.max(0.0);
        match inside {
            Some(true) => [down(-most), up(-least)],
            Some(false) => [down(least), up(most)],
            None if self.rings.is_some() => [down(-most), up(most)],
            None => [down(least), up(most)],
        }
    }

    /// Outside, bounds are those of the cells along the border.
    fn bound_outside(&mut self) {
        let Grid { rows, columns, .. } = *self.grid;
        let nearest = |cells: &mut dyn Iterator<Item = usize>| {
            cells.filter_map(|cell| self.bounds.get(cell)).fold(f32::INFINITY, |least, &[low, high]| {
                let away = if low > 0.0 {
                    low
                } else if high < 0.0 {
                    -high
                } else {
                    0.0
                };
                least.min(away)
            })
        };
        let south = nearest(&mut (0..columns).map(|column| self.grid.cell(0, column)));
        let north = nearest(&mut (0..columns).map(|column| self.grid.cell(rows - 1, column)));
        // Nothing lies past a pole.
        let south = if self.grid.reaches_south_pole() { f32::INFINITY } else { south };
        let north = if self.grid.reaches_north_pole() { f32::INFINITY } else { north };
        let beyond = if self.grid.is_all_round() {
            [(south, (-90.0, 0.0)), (north, (90.0, 0.0))]
        } else {
            let sides = |column| nearest(&mut (0..rows).map(|row| self.grid.cell(row, column)));
            let all = south.min(north).min(sides(0)).min(sides(columns - 1));
            [(all, self.grid.far_side()); 2]
        };
        let [below, above, _] = self.grid.outside();
        for (at, (least, place)) in [below, above].into_iter().zip(beyond) {
            let inside = self.rings.map(|rings| is_inside(rings, &Frame::at(place.0, place.1)));
            let bounds = match inside {
                _ if least.is_infinite() => continue,
                Some(true) => [f32::NEG_INFINITY, -least],
                _ => [least, f32::INFINITY],
            };
            if let Some(outside) = self.bounds.get_mut(at) {
                *outside = bounds;
            }
        }
    }
}

/// The span nearest to the middle of a ball.
struct Near {
    middle: Vector,
    radius: f64,
    /// From the span's chord to the middle: how far, and its direction.
    away: f64,
    toward: Vector,
    slack: f64,
}

impl Near {
    fn new(spans: &[Span], best: usize, middle: Vector, radius: f64) -> Self {
        let (way, high) = spans.get(best).map_or((Vector::ZERO, 0.0), |span| span.off_chord(middle));
        let away = way.norm();
        // Where lengths over the ground may be in another order than straight ones.
        let far = away + 2.0 * radius;
        let slack = high + 1e-3 + 4.0 * error(far) + 3e-17 * far * far * far;
        Self { middle, radius, away, toward: way * (1.0 / away.max(1e-3)), slack }
    }

    /// Whether another span is farther from every place of the ball.
    ///
    /// A chord is a convex body: the distance dᵢ to it is a convex function, so
    /// that dᵢ(p) ≥ dᵢ(m) + gᵢ·(p−m), where gᵢ is the direction from it to the middle m.
    /// With q for the point of the nearest chord that is nearest to m, d(p) is at
    /// most |p−q| ≤ d(m) + g·(p−m) + ρ²/2(d(m)−ρ). So the one is
    /// farther by at least dᵢ(m) − d(m) − |gᵢ−g|ρ − ρ²/2(d(m)−ρ).
    fn hides(&self, span: &Span) -> bool {
        if self.away < 2.0 * self.radius {
            return false;
        }
        let (way, high) = span.off_chord(self.middle);
        let away = way.norm();
        let turn = (way * (1.0 / away) - self.toward).norm();
        let most = turn * self.radius + self.radius * self.radius / (2.0 * (self.away - self.radius));
        away - self.away > most + high + self.slack
    }
}

/// The least and the most that the distance to a span may be.
fn reading(span: &Span, p: Vector) -> (f64, f64) {
    let sight = span.sight(p);
    let straight = sight.square.sqrt();
    if straight > FAR {
        // Half the Earth round is less than 1.6 times as long as through it. The
        // exact answer is too long by less than 400 km even there.
        return (straight - 1.0, straight * 1.6 + 400_000.0);
    }
    let metres = sight.arc(p.z);
    let slack = error(metres);
    (metres - slack, metres + slack)
}

/// The greatest number of few digits that is no more.
#[expect(clippy::cast_possible_truncation, reason = "rounded the sure way")]
fn down(metres: f64) -> f32 {
    let near = metres as f32;
    if f64::from(near) > metres { near.next_down() } else { near }
}

/// The least that is no less.
fn up(metres: f64) -> f32 {
    -down(-metres)
}
