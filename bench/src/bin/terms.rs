//! How fast terms are parsed and checked.
//!
//! `cargo run --release -p armistice-bench --bin terms` parses and checks every
//! agreement of the gallery, and pages of 5,000 lines made from them, on one
//! thread; with names of agreements after it, only those. What is checked is the page and the shapes that lie beside
//! it, which are read from their files every time: both count into the rate. A page is checked once for each reading of
//! its brackets: the last column has the rate at which that work is done.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use armistice_bench::pages;
use armistice_terms::{Form, check};

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long each measure goes on; the fastest of its runs counts, as the one
/// least disturbed.
const LONG: Duration = Duration::from_millis(800);

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{:<34} {:>8} {:>8} {:>11} {:>11} {:>13}",
        "page", "KiB", "readings", "parse MB/s", "check MB/s", "× readings"
    )?;
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for name in pages::names()?.into_iter().filter(|name| wanted.is_empty() || wanted.contains(name)) {
        let (folder, page) = pages::gallery(&name)?;
        row(&mut out, &name, &folder, &page)?;
        row(&mut out, &format!("{name}, 5,000 lines"), &folder, &pages::repeated(&page, 5000))?;
    }
    Ok(())
}

fn row(out: &mut impl Write, name: &str, folder: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    let shapes = |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
    let checked = check(text, Form::Literate, &shapes);
    if let Some(wrong) = checked.diagnostics.iter().find(|d| d.level == armistice_terms::Level::Error) {
        return Err(format!("{name}: {} in {:?}", wrong.title, text.get(wrong.span.clone())).into());
    }
    let readings = checked.readings.len();
    let beside = beside(folder, text)?;
    let parse = rate(text.len(), || drop(black_box(armistice_syntax::parse(black_box(text), Form::Literate))));
    let check = rate(text.len() + beside, || drop(black_box(check(black_box(text), Form::Literate, &shapes))));
    let all = check * readings as f64;
    let size = format!("{} + {}", text.len() >> 10, beside.div_ceil(1024));
    writeln!(out, "{name:<34} {size:>8} {readings:>8} {parse:>11.1} {check:>11.1} {all:>13.1}")?;
    Ok(())
}

/// The bytes of the files of shapes that a page names.
fn beside(folder: &Path, text: &str) -> Result<usize, Box<dyn Error>> {
    let mut bytes = 0;
    for file in fs::read_dir(folder)? {
        let file = file?;
        let name = file.file_name();
        if name.to_str().is_some_and(|name| name.ends_with(".geojson") && text.contains(&format!("\"{name}#"))) {
            bytes += usize::try_from(file.metadata()?.len())?;
        }
    }
    Ok(bytes)
}

/// Megabytes a second at which `work` goes through so many bytes.
fn rate(bytes: usize, work: impl Fn()) -> f64 {
    let (started, mut best) = (Instant::now(), Duration::MAX);
    while started.elapsed() < LONG {
        let run = Instant::now();
        work();
        best = best.min(run.elapsed());
    }
    bytes as f64 / 1e6 / best.as_secs_f64()
}
