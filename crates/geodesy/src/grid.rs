//! A grid of latitudes and longitudes about a shape: which cell a place is in,
//! and how wide its cells are on the ground.

use crate::vector::{FLATTEST, Turn};

/// Two to this are all cells of a grid.
const CELLS: u32 = 16;
/// A metre of latitude is nowhere more degrees than this.
const DEGREES: f64 = 180.0 / (std::f64::consts::PI * 6_335_000.0);
/// A box wider than this goes all round.
const WIDE: f64 = 330.0;

/// Cells between two parallels and two meridians, rows from the south and
/// columns from the west.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    south: f64,
    west: f64,
    /// Degrees.
    height: f64,
    width: f64,
    pub(crate) rows: u32,
    pub(crate) columns: u32,
    down: f64,
    across: f64,
}

/// Some rows and columns of it, powers of two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) row: u32,
    pub(crate) rows: u32,
    pub(crate) column: u32,
    pub(crate) columns: u32,
}

impl Grid {
    /// A box that holds all within `reach` metres of the places, given in degrees,
    /// as good as: what lies outside is bounded by its border.
    pub(crate) fn around(places: &[(f64, f64)], reach: f64) -> Self {
        let margin = reach * DEGREES * 1.001 + 1e-6;
        let fold = |least: fn(f64, f64) -> f64, from| places.iter().map(|p| p.0).fold(from, least);
        let (south, north) = (fold(f64::min, 90.0) - margin, fold(f64::max, -90.0) + margin);
        let (mut west, mut width) = widest_gap(places);
        let steepest = south.abs().max(north.abs());
        if steepest >= 90.0 {
            width = 360.0;
        } else {
            // A circle of angle δ about a place reaches asin(sin δ / cos φ) to either side.
            let aside = (margin.to_radians().sin() / (steepest - margin).to_radians().cos()).clamp(0.0, 1.0).asin();
            let aside = aside.to_degrees() * 1.01 + 1e-6;
            west -= aside;
            width += 2.0 * aside;
        }
        if width >= WIDE {
            (west, width) = (-180.0, 360.0);
        } else if west < -180.0 {
            west += 360.0;
        }
        let (south, north) = (south.max(-90.0), north.min(90.0));
        let height = north - south;
        // As near to square on the ground as halving allows.
        let level = if south * north <= 0.0 { 1.0 } else { south.abs().min(north.abs()).to_radians().cos() };
        let aspect = (height / (width * level)).log2();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a few bits")]
        let tall = ((f64::from(CELLS) + aspect) / 2.0).round().clamp(2.0, f64::from(CELLS - 2)) as u32;
        let (rows, columns) = (1 << tall, 1 << (CELLS - tall));
        Self {
            south,
            west,
            height,
            width,
            rows,
            columns,
            down: f64::from(rows) / height,
            across: f64::from(columns) / width,
        }
    }

    pub(crate) const fn cells(&self) -> usize {
        self.rows as usize * self.columns as usize
    }

    /// Past the last cell: places outside, beyond the south and the north, and
    /// what is no place at all.
    pub(crate) const fn outside(&self) -> [usize; 3] {
        [self.cells(), self.cells() + 1, self.cells() + 2]
    }

    pub(crate) const fn whole(&self) -> Block {
        Block { row: 0, rows: self.rows, column: 0, columns: self.columns }
    }

    /// The middles of all rows, and of all columns.
    pub(crate) fn middles(&self) -> (Vec<Turn>, Vec<Turn>) {
        let one = Block { row: 0, rows: 1, column: 0, columns: 1 };
        let row = |row| Turn::new(self.middle(Block { row, ..one }).0.0);
        let column = |column| Turn::new(self.middle(Block { column, ..one }).0.1);
        ((0..self.rows).map(row).collect(), (0..self.columns).map(column).collect())
    }

    /// The row and column of a cell.
    #[inline]
    pub(crate) const fn row_and_column(&self, cell: usize) -> (usize, usize) {
        let bits = self.columns.trailing_zeros();
        (cell >> bits, cell & (self.columns as usize - 1))
    }

    /// The number of a cell.
    pub(crate) const fn cell(&self, row: u32, column: u32) -> usize {
        row as usize * self.columns as usize + column as usize
    }

    /// The cell that a place is in, or one past the last.
    #[inline]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the grid, or not used")]
    pub(crate) fn find(&self, latitude: f64, longitude: f64) -> usize {
        let north = latitude - self.south;
        let east = longitude - self.west;
        let east = if east < 0.0 { east + 360.0 } else { east };
        let row = ((north * self.down) as u32).min(self.rows - 1);
        let column = ((east * self.across) as u32).min(self.columns - 1);
        let cell = row * self.columns + column;
        let within = north >= 0.0 && north <= self.height && east <= self.width;
        let place = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        let beyond =
            if place { self.rows * self.columns + u32::from(north > 0.0) } else { self.rows * self.columns + 2 };
        (if within && place { cell } else { beyond }) as usize
    }

    pub(crate) const fn is_all_round(&self) -> bool {
        self.width >= 360.0
    }

    pub(crate) fn reaches_south_pole(&self) -> bool {
        self.south <= -90.0
    }

    pub(crate) fn reaches_north_pole(&self) -> bool {
        self.south + self.height >= 90.0
    }

    /// A place outside, as far from the box as any: degrees.
    pub(crate) fn far_side(&self) -> (f64, f64) {
        let east = self.west + self.width / 2.0 + 180.0;
        (-(self.south + self.height / 2.0), wrapped(east))
    }

    /// The middle of a block, in degrees, and a radius in metres about it that
    /// holds it all.
    ///
    /// A straight way on the map of latitudes and longitudes is no longer than
    /// the hypotenuse of both parts of it where the ground is widest: along the
    /// meridian a²/b a radian, and along a parallel that times the cosine of
    /// the latitude nearest to the equator (the prime vertical's radius is nowhere
    /// longer than a²/b either).
    pub(crate) fn middle(&self, block: Block) -> ((f64, f64), f64) {
        let (tall, wide) = (f64::from(block.rows) / self.down, f64::from(block.columns) / self.across);
        let south = self.south + f64::from(block.row) / self.down;
        let west = self.west + f64::from(block.column) / self.across;
        let (low, high) = (south.clamp(-90.0, 90.0), (south + tall).clamp(-90.0, 90.0));
        let widest = if low * high <= 0.0 { 1.0 } else { low.abs().min(high.abs()).to_radians().cos() };
        let (up, side) = (tall.to_radians() / 2.0, wide.to_radians() / 2.0 * widest);
        // A millimetre for rounding at the cells' edges.
        let radius = FLATTEST * up.hypot(side) * (1.0 + 1e-9) + 1e-3;
        ((south + tall / 2.0, wrapped(west + wide / 2.0)), radius)
    }

    /// Both halves of a block of several cells, cut across its longer side.
    pub(crate) fn halves(&self, block: Block) -> [Block; 2] {
        let ((latitude, _), _) = self.middle(block);
        let tall = f64::from(block.rows) / self.down;
        let wide = f64::from(block.columns) / self.across * latitude.to_radians().cos();
        if block.columns == 1 || (block.rows > 1 && tall >= wide) {
            let rows = block.rows / 2;
            [Block { rows, ..block }, Block { row: block.row + rows, rows, ..block }]
        } else {
            let columns = block.columns / 2;
            [Block { columns, ..block }, Block { column: block.column + columns, columns, ..block }]
        }
    }
}

/// The longitude within ±180.
fn wrapped(longitude: f64) -> f64 {
    (longitude + 180.0).rem_euclid(360.0) - 180.0
}

/// The meridian east of the widest gap between longitudes, and how far east all
/// of them reach from there, in degrees.
fn widest_gap(places: &[(f64, f64)]) -> (f64, f64) {
    let mut longitudes: Vec<f64> = places.iter().map(|p| p.1).collect();
    longitudes.sort_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (longitudes.first(), longitudes.last()) else {
        return (0.0, 0.0);
    };
    let mut widest = (first + 360.0 - last, first);
    for (a, b) in longitudes.iter().zip(longitudes.iter().skip(1)) {
        if b - a > widest.0 {
            widest = (b - a, *b);
        }
    }
    (widest.1, 360.0 - widest.0)
}
