//! Which side of a directed line a direction points to.

/// Which side of a line a point lies on, to one who walks its vertices in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// To the left hand of one who walks the line.
    Left,
    /// To the right hand of one who walks the line.
    Right,
    /// On the line, or on its straight extension beyond an end, within 1 mm.
    On,
}

impl Side {
    /// The other side; [`Side::On`] is its own opposite.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::On => Self::On,
        }
    }
}

/// `left`, `right`, `on`.
impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::On => "on",
        })
    }
}

/// Positive when `b` is to the left of `a`; directions are (east, north).
fn cross(a: (f64, f64), b: (f64, f64)) -> f64 {
    a.0 * b.1 - a.1 * b.0
}

/// The side that `to` points to from a vertex entered along `coming` and left
/// along `going`.
///
/// The two directions cut the plane at the vertex into two sectors, and the
/// narrower one is where both agree. Asking the nearest edge alone is the
/// classic mistake: past a sharp corner, either edge's own straight extension
/// puts some points on the wrong side.
pub(crate) fn sector(coming: (f64, f64), going: (f64, f64), to: (f64, f64)) -> Side {
    let (before, after) = (cross(coming, to), cross(going, to));
    let left = if cross(coming, going) >= 0.0 { before > 0.0 && after > 0.0 } else { before > 0.0 || after > 0.0 };
    if left { Side::Left } else { Side::Right }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EAST: (f64, f64) = (1.0, 0.0);

    #[test]
    fn straight_on() {
        assert_eq!(sector(EAST, EAST, (0.3, 1.0)), Side::Left);
        assert_eq!(sector(EAST, EAST, (0.3, -1.0)), Side::Right);
    }

    #[test]
    fn hairpins() {
        // East, then back west a little to the north: the narrow sector is left.
        let going = (-1.0, 0.1);
        assert_eq!(sector(EAST, going, (-1.0, 0.05)), Side::Left);
        assert_eq!(sector(EAST, going, (1.0, 0.5)), Side::Right);
        assert_eq!(sector(EAST, going, (1.0, -0.5)), Side::Right);
        let going = (-1.0, -0.1);
        assert_eq!(sector(EAST, going, (-1.0, -0.05)), Side::Right);
        assert_eq!(sector(EAST, going, (1.0, -0.5)), Side::Left);
        assert_eq!(sector(EAST, going, (1.0, 0.5)), Side::Left);
    }
}
