//! A gate that opens when a provision is kept for seven days in a row.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use armistice_records::Act;
use serde_json::Value;

use super::dice::Dice;
use super::ground::{SEED, place};
use super::install::{armistice, from_crates, python};
use super::options::Options;
use super::place::{out, programs};
use super::records::{Drawn, FIRST, write};
use super::timing::{Contender, interleaved, table};

type Outcome<T> = Result<T, Box<dyn Error>>;

const DAY: u64 = 86_400;
const DAYS: u64 = 731;

/// About how many attacks of one party on the other there are, however many
/// events: enough for some weeks to pass without one.
const ATTACKS: f64 = 120.0;

/// Installs, draws, compares and times.
///
/// # Errors
/// Where Armistice itself or the data fails; a peer that fails is left out.
pub fn compare(options: &Options) -> Outcome<()> {
    let (folder, python, armistice) = (out()?, python()?, armistice()?);
    let records = folder.join(if options.arrow { "temporal.arrow" } else { "temporal.parquet" });
    let (parquet, events) = (folder.join("temporal.parquet"), folder.join("temporal.csv"));
    let count = options.records;
    write(&parquet, count, &|number| draw(number, count))?;
    if options.arrow {
        write(&records, count, &|number| draw(number, count))?;
    }
    as_csv(&events, count)?;

    let script = |name: &'static str, program: &'static str, file: &Path| {
        let (python, file) = (python.clone(), file.to_owned());
        Contender::new(name, move || {
            let mut command = Command::new(&python);
            command.arg(programs("temporal").join(program)).arg(&file);
            command
        })
    };
    let mut contenders = vec![
        Contender::new("Armistice", move || {
            let mut command = Command::new(&armistice);
            command.arg("assess").arg(programs("temporal")).arg("--records").arg(&records).args(["--format", "json"]);
            command
        }),
        script("Reelay", "reelay_gate.py", &events),
        script("DuckDB", "duck.py", &parquet),
    ];
    match from_crates("rtlola-cli", "0.1.2", "rtlola-cli") {
        Ok(program) => {
            let events = events.clone();
            contenders.push(Contender::new("RTLola", move || {
                let mut command = Command::new(&program);
                command.args(["monitor", "--offline", "relative", "--csv-in"]).arg(&events);
                command.arg(programs("temporal").join("gate.lola"));
                command
            }));
        }
        Err(why) => eprintln!("RTLola is left out: {why}"),
    }
    eprintln!(
        "MonPoly is left out: it is in no registry of packages that this could install it from; the distribution has \
         opam, but not the repository of sources that opam fetches from"
    );
    contenders.retain(|one| options.takes(&one.name));

    let timed = interleaved(&contenders, &folder, options.runs)?;
    let mut answers = Vec::new();
    for one in contenders.iter().filter(|one| timed.iter().any(|timed| timed.name == one.name)) {
        answers.push((one.name.as_str(), midnights(&one.name, &fs::read_to_string(one.printed(&folder))?)?));
    }
    agree(&answers)?;
    table(&format!("A gate of seven days over {count} events"), &timed)?;
    if !options.keep {
        for file in [parquet, events, folder.join("temporal.arrow")] {
            if file.exists() {
                fs::remove_file(file)?;
            }
        }
    }
    Ok(())
}

/// The event of a number, of so many over two years, in their order. None falls
/// on the first or the last second of a day, on whose side of midnight programs
/// differ.
fn draw(number: u64, count: u64) -> Drawn {
    let mut dice = Dice::of(SEED.wrapping_mul(37), number);
    let second = ((number as f64 + dice.share()) / count as f64 * (DAYS * DAY) as f64) as u64;
    let second = second - second % DAY + (second % DAY).clamp(1, DAY - 2);
    let attack = dice.share() < ATTACKS / count as f64;
    let (party, against, act) = match (attack, dice.below(4)) {
        (true, 0 | 1) => ("government forces", "opposition forces", Act::Attack),
        (true, _) => ("opposition forces", "government forces", Act::Attack),
        (false, 0) => ("militia", "police", Act::Attack),
        (false, 1) => ("government forces", "opposition forces", Act::Movement),
        (false, 2) => ("opposition forces", "government forces", Act::Presence),
        (false, _) => ("police", "militia", Act::Presence),
    };
    Drawn {
        party: party.into(),
        against: against.into(),
        act,
        weapons: "mortars",
        second: FIRST + second as i64,
        at: place(dice.between(-50_000.0, 50_000.0), dice.between(-50_000.0, 50_000.0)),
        radius: 50.0,
    }
}

/// The events as the monitors read them: seconds from the beginning, and
/// numbers for words.
fn as_csv(path: &Path, count: u64) -> Outcome<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let name = |name: &str| match name {
        "government forces" => 1,
        "opposition forces" => 2,
        "militia" => 3,
        _ => 4,
    };
    writeln!(file, "time,act,by,on")?;
    for number in 0..count {
        let drawn = draw(number, count);
        let (second, act) = (drawn.second - FIRST, drawn.act.code());
        writeln!(file, "{second},{act},{},{}", name(&drawn.party), name(&drawn.against))?;
    }
    Ok(file.flush()?)
}

/// The midnights, counted from the beginning, at which the gate could open, by
/// what was printed. The last of all is left out: no event comes after it, and
/// a monitor of a stream does not say.
fn midnights(name: &str, printed: &str) -> Outcome<BTreeSet<u64>> {
    let mut all = BTreeSet::new();
    match name {
        "Armistice" => {
            let answer: Value = serde_json::from_str(printed)?;
            let days =
                answer.pointer("/gates/0/readings/0/days").and_then(Value::as_array).ok_or("no days of a gate")?;
            let mut calm = 0;
            for (day, number) in days.iter().zip(1..) {
                let broken = matches!(day.get("state").and_then(Value::as_str), Some("broken" | "doubtful"));
                calm = if broken { 0 } else { calm + 1 };
                if calm >= 7 {
                    all.insert(number);
                }
            }
        }
        // `[604800.000000000][Trigger][#0][Value] = "calm"`
        "RTLola" => {
            for line in printed.lines().filter(|line| line.contains("Trigger")) {
                let second = line.trim_start_matches('[').split(['.', ']']).next().unwrap_or_default();
                all.insert(second.parse::<u64>()? / DAY);
            }
        }
        _ => {
            for line in printed.lines() {
                all.insert(line.trim().parse()?);
            }
        }
    }
    all.retain(|midnight| *midnight < DAYS);
    Ok(all)
}

fn agree(answers: &[(&str, BTreeSet<u64>)]) -> Outcome<()> {
    let Some(((first, held), rest)) = answers.split_first() else { return Ok(()) };
    let mut out = std::io::stdout();
    writeln!(out, "{first}: the gate could open at {} midnights of {DAYS}", held.len())?;
    for (name, other) in rest {
        let differ = held.symmetric_difference(other).count();
        writeln!(out, "{name}: {differ} midnights differ")?;
    }
    Ok(())
}
