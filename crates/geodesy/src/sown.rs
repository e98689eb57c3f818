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
        let (least, most) = self.measure(from, &frame);
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
        self.keep(from, most + radius);
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

    /// The least and the most that the distance from one place may be.
    fn measure(&mut self, from: usize, frame: &Frame) -> (f64, f64) {
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
        best.and_then(|(_, k)| self.spans.get(k)).map_or((0.0, f64::INFINITY), |span| reading(span, frame.origin))
    }

    /// Keeps of the spans just measured, as further runs, those that may be within `limit`.
    fn keep(&mut self, from: usize, limit: f64) {
        // No way over the ground is shorter than the straight one; what is nearest but
        // for the errors counts as well.
        let limit = limit + 4.0 * error(limit);
        let square = limit * limit;
        let until = self.open.len();
        let mut squares = self.squares.iter();
        for k in from..until {
            let Some(&run) = self.open.get(k) else { break };
            for (span, _) in (run.first..run.end).zip(squares.by_ref()).filter(|&(_, &is)| is <= square) {
                match self.open.get_mut(until..).and_then(<[Run]>::last_mut) {
                    Some(last) if span <= last.end + GAP && span >= last.end => last.end = span + 1,
                    _ => self.open.push(Run { first: span, end: span + 1 }),
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
