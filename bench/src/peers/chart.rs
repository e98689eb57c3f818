//! A plot as SVG: seconds against something, both on logarithmic scales.

use std::fmt::Write as _;

/// One plot.
pub struct Chart<'a> {
    /// What it shows.
    pub title: &'a str,
    /// What grows.
    pub along: &'a str,
    /// How much of it, and the seconds that took; in ascending order, all above
    /// zero.
    pub points: &'a [(f64, f64)],
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
/// Room on the left, above, on the right and below.
const ROOM: [f64; 4] = [64.0, 44.0, 24.0, 52.0];

/// Greys and a blue that can be read on white and on black alike.
const STYLE: &str = "text { font: 13px sans-serif; fill: #7d7d7d } .title { font-size: 15px; font-weight: bold } \
    .grid { stroke: #8a8a8a; stroke-opacity: .35 } .even { stroke: #8a8a8a; stroke-dasharray: 5 5 } \
    .cost { stroke: #2f81d8; stroke-width: 2.5; fill: none } circle { fill: #2f81d8 } .figure { fill: #2f81d8 }";

impl Chart<'_> {
    /// The SVG file. A dashed line through the first point shows what would be
    /// in proportion.
    #[must_use]
    pub fn svg(&self) -> String {
        let [left, above, right, below] = ROOM;
        let xs = decades(self.points.iter().map(|point| point.0));
        let ys = decades(self.points.iter().map(|point| point.1));
        let across = |x: f64| left + (x.log10() - xs.0) / (xs.1 - xs.0) * (WIDTH - left - right);
        let up = |y: f64| HEIGHT - below - (y.log10() - ys.0) / (ys.1 - ys.0) * (HEIGHT - above - below);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n\
             <title>{}</title>\n<style>{STYLE}</style>\n<text class=\"title\" x=\"{left}\" y=\"24\">{}</text>\n",
            self.title, self.title
        );
        for tick in ticks(xs) {
            let x = across(tick);
            let _ = writeln!(
                out,
                "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{above}\" y2=\"{:.1}\"/>\
                 <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                HEIGHT - below,
                HEIGHT - below + 18.0,
                short(tick)
            );
        }
        for tick in ticks(ys) {
            let y = up(tick);
            let _ = writeln!(
                out,
                "<line class=\"grid\" x1=\"{left}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{} s</text>",
                WIDTH - right,
                left - 6.0,
                y + 4.0,
                short(tick)
            );
        }
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            (left + WIDTH - right) / 2.0,
            HEIGHT - 12.0,
            self.along
        );
        if let (Some(first), Some(last)) = (self.points.first(), self.points.last()) {
            // In proportion to what grows, as far as it stays within the plot.
            let most = (last.0 / first.0).min(10_f64.powf(ys.1) / first.1);
            let _ = writeln!(
                out,
                "<line class=\"even\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
                across(first.0),
                up(first.1),
                across(first.0 * most),
                up(first.1 * most)
            );
        }
        let line: Vec<String> = self.points.iter().map(|(x, y)| format!("{:.1},{:.1}", across(*x), up(*y))).collect();
        let _ = writeln!(out, "<polyline class=\"cost\" points=\"{}\"/>", line.join(" "));
        for (x, y) in self.points {
            let _ = writeln!(
                out,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"/><text class=\"figure\" x=\"{:.1}\" y=\"{:.1}\" \
                 text-anchor=\"middle\">{}</text>",
                across(*x),
                up(*y),
                across(*x),
                up(*y) - 10.0,
                seconds(*y)
            );
        }
        out + "</svg>\n"
    }
}

/// From and to, as powers of ten, with a little room at both ends.
fn decades(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if low > high {
        return (0.0, 1.0);
    }
    (low.log10() - 0.15, (high.log10() + 0.2).max(low.log10() + 0.85))
}

/// 1, 2 and 5 of each power of ten, or the powers alone where there are many.
fn ticks((from, to): (f64, f64)) -> Vec<f64> {
    let steps: &[f64] = if to - from > 2.2 { &[1.0] } else { &[1.0, 2.0, 5.0] };
    let powers = from.floor() as i32..=to.ceil() as i32;
    let all = powers.flat_map(|power| steps.iter().map(move |step| step * 10_f64.powi(power)));
    all.filter(|tick| (from..=to).contains(&tick.log10())).collect()
}

fn short(value: f64) -> String {
    match value {
        value if value >= 1e6 => format!("{} M", value / 1e6),
        value if value >= 1e4 => format!("{} k", value / 1e3),
        value => format!("{}", (value * 1e4).round() / 1e4),
    }
}

fn seconds(value: f64) -> String {
    if value >= 10.0 {
        format!("{value:.0}")
    } else if value >= 1.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}
