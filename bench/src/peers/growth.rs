//! How Armistice's own cost grows: over records, provisions, vertices of a line
//! and parties.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::chart::Chart;
use super::ground::{area, geojson, line};
use super::install::armistice;
use super::options::Options;
use super::place::{out, root};
use super::records::{Cast, draw, write};
use super::timing::{Contender, interleaved};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How much of what is varied, and all else.
type Cases = Vec<(f64, Case)>;

/// One measured case; all but what is varied stay as in [`Case::usual`].
#[derive(Clone, Copy, Debug)]
struct Case {
    records: u64,
    provisions: usize,
    vertices: usize,
    parties: usize,
}

impl Case {
    const fn usual(records: u64) -> Self {
        Self { records, provisions: 12, vertices: 200, parties: 2 }
    }
}

/// Measures, and writes the plots into `docs/performance`. The greatest number of
/// records is what `--records` says; the other plots have a tenth of it.
///
/// # Errors
/// Where Armistice or the data fails.
pub fn plot(options: &Options) -> Outcome<()> {
    let (most, usual) = (options.records, Case::usual((options.records / 10).max(1)));
    let folder = root().join("docs/performance");
    fs::create_dir_all(&folder)?;
    let some = format!("{} records", usual.records);
    let series: [(&str, &str, String, Cases); 4] = [
        ("records", "records", "12 provisions".into(), {
            let counts = [100, 30, 10, 3, 1].map(|part| (most / part).max(1));
            counts.map(|records| (records as f64, Case { records, ..usual })).into()
        }),
        ("provisions", "provisions", some.clone(), {
            [1, 3, 6, 12, 24, 48, 96].map(|provisions| (provisions as f64, Case { provisions, ..usual })).into()
        }),
        ("vertices", "vertices of each line", format!("{some}, 12 provisions"), {
            [20, 200, 2_000, 20_000].map(|vertices| (vertices as f64, Case { vertices, ..usual })).into()
        }),
        ("parties", "parties", format!("{some}, 12 provisions, each on every party"), {
            [2, 4, 8, 16, 32].map(|parties| (parties as f64, Case { parties, ..usual })).into()
        }),
    ];
    let program = armistice()?;
    for (name, along, rest, cases) in series {
        let points = measured(&program, name, &cases, options)?;
        let title = format!("Seconds over {along} ({rest})");
        fs::write(folder.join(format!("{name}.svg")), Chart { title: &title, along, points: &points }.svg())?;
    }
    Ok(())
}

/// Seconds of each case, the median of the runs.
fn measured(program: &Path, name: &str, cases: &[(f64, Case)], options: &Options) -> Outcome<Vec<(f64, f64)>> {
    let folder = out()?.join("growth");
    fs::create_dir_all(&folder)?;
    let mut out = std::io::stdout();
    writeln!(out, "\n| {name} | median |\n|---|---|")?;
    let mut points = Vec::new();
    for (along, case) in cases {
        let agreement = agreement(&folder, case)?;
        let records = folder.join(if options.arrow { "records.arrow" } else { "records.parquet" });
        let cast = Cast { parties: (1..=case.parties).map(|number| format!("force {number}")).collect() };
        let about = line("River", case.vertices, 0.0, 1);
        write(&records, case.records, &|number| draw(number, &about, &cast))?;
        let (program, file) = (program.to_owned(), records.clone());
        let own = Contender::new("growth", move || {
            let mut command = Command::new(&program);
            command.arg("assess").arg(&agreement).arg("--records").arg(&file).args(["--format", "csv"]);
            command
        });
        let timed = interleaved(&[own], &folder, options.runs)?;
        let median = timed.first().ok_or("Armistice did not judge a case")?.median();
        writeln!(out, "| {along} | {median:.3} s |")?;
        points.push((*along, median));
        fs::remove_file(records)?;
    }
    fs::remove_dir_all(folder)?;
    Ok(points)
}

/// An agreement of so many provisions, each on every party, for thirty days of
/// the two years: by turns from a river, a road and a town, from 2 to 20 km.
fn agreement(folder: &Path, case: &Case) -> Outcome<PathBuf> {
    let mut page =
        "```truce\nagreement \"Growth\"\n  signed 2024-01-01\n  times in UTC\n  days start at 00:00\n".to_owned();
    for number in 1..=case.parties {
        write!(page, "\nparty Force{number}\n  known as \"force {number}\"\n")?;
    }
    page += "\noutsider Militia\n  known as \"militia\"\n\noutsider Police\n  known as \"police\"\n\n";
    for (kind, name) in [("line", "River"), ("line", "Road"), ("area", "Town")] {
        write!(page, "{kind} {name}\n  from \"places.geojson#{}\"\n\n", name.to_lowercase())?;
    }
    page += "weapons Heavy are tanks, artillery and mortars\n```\n";
    let first = jiff::civil::date(2024, 1, 1);
    for number in 0..case.provisions {
        let place = ["River", "Road", "Town"].into_iter().nth(number % 3).unwrap_or("River");
        let metres = 2_000 + (number * 1_500) % 18_000;
        // Each 91 days after the one before, round and round: their beginnings
        // scatter over the two years, however many there are.
        let begins = first.checked_add(jiff::Span::new().try_days((number as i64 * 91) % 700)?)?;
        let ends = begins.checked_add(jiff::Span::new().days(30))?;
        write!(
            page,
            "\n## {} Heavy weapons\n\n```truce\nevery party must keep Heavy at least {metres} m from {place}\n  \
             from {begins} 00:00\n  until {ends} 00:00\n```\n",
            number + 1
        )?;
    }
    fs::write(folder.join("agreement.truce.md"), page)?;
    fs::write(folder.join("assessment.truce"), "period 2024-01-01 to 2025-12-31\n")?;
    let shapes = [
        line("River", case.vertices, 0.0, 1),
        line("Road", case.vertices, 14_000.0, 2),
        area("Town", 60, (12_000.0, -20_000.0), 3),
    ];
    fs::write(folder.join("places.geojson"), geojson(&shapes))?;
    Ok(folder.to_owned())
}
