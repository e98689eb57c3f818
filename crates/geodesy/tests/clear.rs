//! What is clear of ground is, by formula and by places alike.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod oracle;

use armistice_geodesy::{
    Area, CLEAR, Line, Metres, Polygon, Radius95, Sample, clear_of, probability_between, probability_within_disc,
    well_within,
};
use oracle::chance::Chance;

const FAR: Metres = Metres::new(f64::INFINITY);

fn certain(seeds: std::ops::Range<u64>) -> [u32; 2] {
    let mut seen = [0; 2];
    for seed in seeds {
        let chance = &mut Chance::new(seed);
        let vertices = chance.line();
        let line = Line::new(vertices.clone()).unwrap();
        let (outer, holes) = chance.star();
        let mut outline = outer.clone();
        outline.push(outer[0]);
        let area = Area::new(vec![Polygon { outer, holes }]).unwrap();
        for _ in 0..6 {
            let (by_line, by_area) = (chance.point_by(&vertices), chance.point_by(&outline));
            let report = Radius95::new(Metres::new(chance.length(10.0..20_000.0))).unwrap();
            let good_to = Radius95::new(report.radius() * chance.length(0.01..10.0)).unwrap();
            let good_to = if chance.below(2) == 0 { good_to } else { Radius95::EXACT };
            let both = report.combine(good_to);
            // Just clear, on either side of the edge.
            let edge = both.radius() * CLEAR + Metres::new(1e-6);
            let outside = chance.below(2) == 0;
            let limit = |d: Metres| if outside { d - edge } else { d + edge };
            let mut told = |p: f64, d: Metres, limit: Metres| {
                assert_eq!(clear_of(d, limit, both), outside);
                assert_eq!(well_within(d, limit, both), !outside);
                assert!(if outside { p < 1e-4 } else { p > 1.0 - 1e-4 }, "{seed}: {p} at {d:?}, {limit:?}, {both}");
                seen[usize::from(outside)] += 1;
            };

            let d = line.distance_to(by_line);
            let w = limit(d);
            if w >= Metres::ZERO {
                told(probability_between(d, -w, w, both), d, w);
                told(probability_within_disc(d, w, both), d, w);
                let sample = Sample::of_normal(by_line, report, 1024);
                let by_places = sample.mean_between(
                    &sample.to_line(&line).into_iter().map(Metres::abs).collect::<Vec<_>>(),
                    -w,
                    w,
                    good_to,
                );
                told(by_places, d, w);
            }
            let d = area.signed_distance(by_area);
            let w = limit(d);
            told(probability_between(d, -FAR, w, both), d, w);
            // The ground within so much of an area, and so deep in it.
            let sample = Sample::of_normal(by_area, report, 1024);
            told(sample.mean_between(&sample.to_area(&area), -FAR, w, good_to), d, w);
        }
    }
    seen
}

#[test]
fn what_is_clear_is_certain() {
    let [within, outside] = certain(0..40);
    assert!(within > 100 && outside > 100, "{within} {outside}");
}

#[test]
#[ignore = "takes minutes"]
fn what_is_clear_is_certain_of_many() {
    println!("{:?}", certain(100..1500));
}
