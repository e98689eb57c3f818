//! Whether the answers agree, and where they do not, by how much.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;

use super::timing::{Contender, Timed};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Holds what the peers printed to what the first of them printed.
///
/// # Errors
/// Where a file cannot be read.
pub fn between(contenders: &[Contender], timed: &[Timed], folder: &Path) -> Outcome<()> {
    let peers = contenders.iter().filter(|one| one.name != "Armistice" && !one.name.starts_with("bare"));
    held_to_the_first(peers, timed, folder)
}

/// Holds what all printed to what the first of them printed.
///
/// # Errors
/// Where a file cannot be read.
pub fn same(contenders: &[Contender], timed: &[Timed], folder: &Path) -> Outcome<()> {
    held_to_the_first(contenders.iter(), timed, folder)
}

fn held_to_the_first<'a>(
    contenders: impl Iterator<Item = &'a Contender>,
    timed: &[Timed],
    folder: &Path,
) -> Outcome<()> {
    let mut ran = contenders.filter(|one| timed.iter().any(|timed| timed.name == one.name));
    let Some(first) = ran.next() else { return Ok(()) };
    let lines = |one: &Contender| -> Outcome<Vec<String>> {
        let text = fs::read_to_string(one.printed(folder))?;
        let mut lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
        lines.sort();
        Ok(lines)
    };
    let held = lines(first)?;
    let mut out = std::io::stdout();
    for peer in ran {
        let other = lines(peer)?;
        let same = other.iter().filter(|line| held.binary_search(line).is_ok()).count();
        writeln!(out, "{} and {}: {same} lines of {} the same", first.name, peer.name, held.len().max(other.len()))?;
    }
    Ok(())
}

/// What the plane says of a record under a provision.
struct OnPlane {
    verdict: &'static str,
    margin: f64,
    edge: f64,
}

/// The columns of a CSV file without quoted cells.
struct Cells<'a> {
    header: Vec<&'a str>,
    lines: std::str::Lines<'a>,
}

impl<'a> Cells<'a> {
    fn of(text: &'a str) -> Self {
        let mut lines = text.lines();
        Self { header: lines.next().unwrap_or_default().split(',').collect(), lines }
    }

    fn column(&self, name: &str) -> Outcome<usize> {
        self.header.iter().position(|held| *held == name).ok_or_else(|| format!("there is no column {name}").into())
    }
}

const OUTSIDE: &str = "outside";

/// Holds Armistice's findings to the rows that DuckDB judged on its plane, and
/// says of how many they judge differently, why, and how near the edge between
/// two answers these lie.
///
/// # Errors
/// Where a file cannot be read.
pub fn with_plane(findings: &Path, plane: &Path) -> Outcome<()> {
    let text = fs::read_to_string(plane)?;
    let mut on_plane: BTreeMap<(&str, &str), OnPlane> = BTreeMap::new();
    let cells = Cells::of(&text);
    let columns = ["record_id", "provision", "breach", "concerned", "margin", "edge"];
    let [record, provision, breach, concerned, margin, edge] = columns.map(|name| cells.column(name));
    let (record, provision, breach, concerned, margin, edge) =
        (record?, provision?, breach?, concerned?, margin?, edge?);
    for line in cells.lines {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let verdict = match (cell(breach), cell(concerned)) {
            ("true", _) => "recorded breach",
            (_, "true") => "cannot tell",
            _ => OUTSIDE,
        };
        let row = OnPlane { verdict, margin: cell(margin).parse()?, edge: cell(edge).parse()? };
        on_plane.insert((cell(provision), cell(record)), row);
    }

    let text = fs::read_to_string(findings)?;
    let cells = Cells::of(&text);
    let columns = ["record", "provision", "verdict"].map(|name| cells.column(name));
    let [record, provision, verdict] = columns;
    let (record, provision, verdict) = (record?, provision?, verdict?);
    let mut found: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for line in cells.lines {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        found.insert((cell(provision), cell(record)), cell(verdict));
    }

    let mut differing = Differing::default();
    for (key, row) in &on_plane {
        let own = found.get(key).copied().unwrap_or(OUTSIDE);
        if own != row.verdict {
            differing.add(row, own);
        }
    }
    let strangers = found.keys().filter(|key| !on_plane.contains_key(*key)).count();
    differing.print(found.len(), on_plane.len(), strangers)
}

/// How many rows are judged differently, and how many metres at most such a row
/// lies from where the plane's answer changes.
#[derive(Default)]
struct Differing {
    exact: (usize, f64),
    vague: (usize, f64),
    kinds: BTreeMap<(String, String), usize>,
}

impl Differing {
    fn add(&mut self, row: &OnPlane, own: &str) {
        let off = (row.margin.abs() - row.edge).abs();
        let (count, most) = if row.edge == 0.0 { &mut self.exact } else { &mut self.vague };
        *count += 1;
        *most = most.max(off);
        *self.kinds.entry((own.to_owned(), row.verdict.to_owned())).or_default() += 1;
    }

    fn print(&self, findings: usize, rows: usize, strangers: usize) -> Outcome<()> {
        let mut out = std::io::stdout();
        writeln!(out, "Armistice: {findings} findings; DuckDB on the plane: {rows} rows bound by a provision")?;
        writeln!(
            out,
            "placed exactly, judged differently: {} rows, at most {:.2} m from the limit (plane against geodesic)",
            self.exact.0, self.exact.1
        )?;
        writeln!(
            out,
            "placed within a radius, judged differently: {} rows, at most {:.0} m from where the plane's answer changes \
             (the line bends or ends within the radius, and the plane's formula takes it as straight)",
            self.vague.0, self.vague.1
        )?;
        for ((own, plane), count) in &self.kinds {
            writeln!(out, "  {count}: {own}, on the plane {plane}")?;
        }
        if strangers > 0 {
            writeln!(out, "{strangers} findings are of rows that the peer bound by no provision: SOMETHING IS WRONG")?;
        }
        Ok(())
    }
}
