//! How long an assessment takes on a million records and on ten.
//!
//! `cargo run --release -p armistice-bench` makes Arrow files from the real
//! Syria records of 2016, repeated under new ids and moved by whole days, and
//! assesses the arrangement of 9 September 2016 on each in a process of its
//! own: read, judge, write. It prints records per second and peak memory.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use armistice_assess::{Evidence, Options, assess};
use armistice_brief::{Report, findings_csv};
use armistice_records::{ArrowFileWriter, Record, RecordColumns, When, batches_of, open};
use armistice_terms::{Checked, Form, check};

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn Error>>;

const RUNS: usize = 3;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, file] = arguments.as_slice()
        && flag == "--one"
    {
        return one(Path::new(file));
    }
    let sizes: Vec<usize> = arguments.iter().map(|a| a.parse()).collect::<Result<_, _>>()?;
    let sizes = if sizes.is_empty() { vec![1_000_000, 10_000_000] } else { sizes };
    let mut out = std::io::stdout();
    writeln!(out, "records    read s  judge s  write s  total s  records/s  peak MiB  findings  (median of {RUNS})")?;
    for size in sizes {
        let file = synthesise(size)?;
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            let run = Command::new(std::env::current_exe()?).arg("--one").arg(&file).output()?;
            if !run.status.success() {
                return Err(String::from_utf8_lossy(&run.stderr).into());
            }
            let line = String::from_utf8(run.stdout)?;
            let figures: Vec<f64> = line.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
            runs.push(figures);
        }
        let median = |column: usize| -> f64 {
            let mut values: Vec<f64> = runs.iter().filter_map(|run| run.get(column).copied()).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
        };
        let total = median(0) + median(1) + median(2);
        writeln!(
            out,
            "{size:<9} {:>7.2} {:>8.2} {:>8.2} {total:>8.2} {:>10.0} {:>9.0} {:>9.0}",
            median(0),
            median(1),
            median(2),
            size as f64 / total,
            median(3),
            median(4)
        )?;
        fs::remove_file(file)?;
    }
    Ok(())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The real records again and again, each copy with ids of its own and moved by
/// some days, so that periods and places keep their mixture.
fn synthesise(size: usize) -> Outcome<PathBuf> {
    let reading = open(&root().join("data/ucdp-ged-syria-2016.csv.gz"), &mut |_| {})?;
    let mut real: Vec<Record> = Vec::new();
    for batch in &reading.batches {
        let columns = RecordColumns::try_new(batch)?;
        real.extend((0..columns.len()).filter_map(|row| columns.row(row)));
    }
    for record in &mut real {
        record.origin.row = None;
    }
    let folder = root().join("bench/out");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{size}.arrow"));
    let mut writer = ArrowFileWriter::new(BufWriter::new(File::create(&path)?), &reading.datasets)?;
    let mut written = 0;
    let mut copy = 0_i64;
    while written < size {
        let mut made = real.clone();
        made.truncate(size - written);
        let shift = jiff::Span::new().try_days((copy * 37) % 61 - 30)?;
        for record in &mut made {
            record.id = format!("{}-{copy}", record.id);
            if let When::Local { from, until } = &mut record.happened {
                (*from, *until) = (from.checked_add(shift)?, until.checked_add(shift)?);
            }
        }
        written += made.len();
        copy += 1;
        for batch in batches_of(&made)? {
            writer.write(&batch)?;
        }
    }
    writer.finish()?;
    Ok(path)
}

fn agreement() -> Outcome<Checked> {
    let folder = root().join("agreements/syria-geneva-2016");
    let text = fs::read_to_string(folder.join("agreement.truce.md"))?;
    let shapes = |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
    Ok(check(&text, Form::Literate, &shapes))
}

/// One run in this process: seconds to read, to judge, to write, peak MiB, and
/// how many findings there were.
fn one(file: &Path) -> Outcome<()> {
    let checked = agreement()?;
    let started = Instant::now();
    let reading = open(file, &mut |_| {})?;
    let read = started.elapsed();
    let evidence = Evidence {
        batches: &reading.batches,
        datasets: &reading.datasets,
        unread: 0,
        units: &armistice_terms::Units::default(),
    };
    let period = Some(("2016-09-11T21:00Z".parse()?, "2016-09-19T21:00Z".parse()?));
    let assessment = assess(&checked, evidence, Options { period, baseline: None, as_of: None })?;
    let judged = started.elapsed();
    let report = Report::new(&assessment, &reading.batches, &reading.datasets, &[]);
    let csv = findings_csv(&report);
    File::create("/dev/null")?.write_all(csv.as_bytes())?;
    let wrote = started.elapsed();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.split_whitespace().next());
    let peak: f64 = peak.and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0;
    writeln!(
        std::io::stdout(),
        "{} {} {} {peak} {}",
        read.as_secs_f64(),
        (judged - read).as_secs_f64(),
        (wrote - judged).as_secs_f64(),
        assessment.findings.len()
    )?;
    Ok(())
}
