//! Whether a line is straight over some ground, so that a formula for a
//! straight line holds there.

use crate::Position;
use crate::index::Index;
use crate::segment::Segment;
use crate::vector::{Frame, Vector};

/// What a bend may leave the straight by, as a part of the reach.
const NEGLIGIBLE: f64 = 1e-3;
/// Beyond this the Earth's own curve counts, in metres.
const FARTHEST: f64 = 1_000_000.0;

/// Whether the chords within `reach` metres of `p` are one straight stretch
/// that passes right through, or none. `closed` lines may begin anywhere.
pub(crate) fn is_straight(index: &Index, p: Position, reach: f64, closed: bool) -> bool {
    let frame = Frame::at(p.latitude(), p.longitude());
    let within = reach + index.sag();
    if !index.may_reach(frame.origin, reach) {
        return true;
    }
    if !(0.0..=FARTHEST).contains(&reach) {
        return false;
    }
    let mut runs = Runs { index, first: None, second: None, too_many: false };
    index.visit_near(frame.origin, reach, &mut |segment| runs.add(segment));
    let (before, after): (&[Segment], &[Segment]) = match runs {
        Runs { too_many: true, .. } => return false,
        Runs { first: Some(only), second: None, .. } => (index.run(only), &[]),
        // A ring that begins within reach: its end is followed by its beginning.
        Runs { first: Some(first), second: Some(second), .. } if closed => (index.run(second), index.run(first)),
        _ => return false,
    };
    if let (Some(last), Some(first)) = (before.last(), after.first())
        && last.b != first.a
    {
        return false;
    }
    passes_straight(&frame, before.iter().chain(after), within, reach * NEGLIGIBLE)
}

/// Stretches of chords that follow on each other.
struct Runs<'a> {
    index: &'a Index,
    /// First and last chord.
    first: Option<(usize, usize)>,
    second: Option<(usize, usize)>,
    too_many: bool,
}

impl Runs<'_> {
    /// The next chord within reach, in order; whether to go on.
    fn add(&mut self, segment: usize) -> bool {
        let follows = |run: (usize, usize)| run.1 + 1 == segment && self.index.follows(run.1);
        match (self.first, self.second) {
            (None, _) => self.first = Some((segment, segment)),
            (Some(run), None) if follows(run) => self.first = Some((run.0, segment)),
            (Some(_), None) => self.second = Some((segment, segment)),
            (_, Some(run)) if follows(run) => self.second = Some((run.0, segment)),
            (_, Some(_)) => self.too_many = true,
        }
        !self.too_many
    }
}

/// Whether chords that follow on each other come into the disc, go straight
/// through it and leave it.
fn passes_straight<'a>(
    frame: &Frame,
    chords: impl Iterator<Item = &'a Segment> + Clone,
    within: f64,
    negligible: f64,
) -> bool {
    let far = |v: Vector| (v - frame.origin).norm() > within;
    let (Some(first), Some(last)) = (chords.clone().next(), chords.clone().last()) else {
        return true;
    };
    let count = chords.clone().count();
    // Nothing may end inside, nor go out and come back.
    if !far(first.a) || !far(last.b) || chords.clone().take(count - 1).any(|s| far(s.b)) {
        return false;
    }
    let (Some(from), Some(to)) = (enters(frame, first, within), enters(frame, &last.back(), within)) else {
        return false;
    };
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x.hypot(y);
    let mut passed = 0.0;
    chords.take(count - 1).all(|chord| {
        let Some(v) = on_the_map(frame, chord.b) else { return false };
        let (u, v) = (v.0 - from.0, v.1 - from.1);
        let along = (u * x + v * y) / length;
        let beside = (x * v - y * u) / length;
        // Back and forth on one line is not straight through.
        let onward = along >= passed;
        passed = along;
        // Not a number, if it leaves where it came in: then no comparison holds.
        onward && along <= length && beside.abs() <= negligible
    })
}

/// Where on the map a chord that begins outside the disc comes into it, or its
/// nearest point if it only seems to.
fn enters(frame: &Frame, chord: &Segment, within: f64) -> Option<(f64, f64)> {
    let (nearest, foot) = chord.foot(frame.origin);
    let miss = foot - frame.origin;
    let along = chord.b - chord.a;
    let back = (within * within - miss.dot(miss)).max(0.0).sqrt() / along.norm();
    on_the_map(frame, chord.a + along * (nearest - back).max(0.0))
}

/// East and north on the gnomonic map about the frame's origin, on which great
/// circles are straight lines, and geodesics as good as.
fn on_the_map(frame: &Frame, v: Vector) -> Option<(f64, f64)> {
    let square = frame.origin.dot(frame.origin);
    let up = v.dot(frame.origin) / square;
    (up > 0.0).then(|| frame.horizontal(v * (1.0 / up) - frame.origin))
}
