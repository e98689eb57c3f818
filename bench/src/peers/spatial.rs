//! Records times twelve spatial provisions.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::json;

use super::agree;
use super::ground::{MIDDLE, Shape, geojson, shapes};
use super::install::{Postgis, armistice, python, run};
use super::options::Options;
use super::place::{out, programs};
use super::records::{Cast, draw, write};
use super::timing::{Contender, interleaved, table};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Installs, draws, compares and times.
///
/// # Errors
/// Where Armistice itself or the data fails; a peer that fails is left out.
pub fn compare(options: &Options) -> Outcome<()> {
    let (folder, shapes) = (out()?, shapes());
    let python = python()?;
    let armistice = armistice()?;
    let page = programs("spatial").join("places.geojson");
    let drawn = geojson(&shapes);
    if fs::read_to_string(&page).ok().as_ref() != Some(&drawn) {
        fs::write(&page, drawn)?;
    }
    let records = data(&folder, options.records, &shapes)?;
    let ours = if options.arrow { folder.join("spatial.arrow") } else { records.clone() };
    if options.arrow {
        let (river, cast) = (river(&shapes)?, Cast::default());
        write(&ours, options.records, &|number| draw(number, river, &cast))?;
    }
    let names = folder.join("spatial.json");
    let terms = if options.wide { widened(&folder)? } else { programs("spatial") };
    fs::write(&names, filled_in(&folder, &records, &terms, &python, &shapes)?)?;

    let script = |name: &'static str, program: &'static str, more: &'static [&'static str]| {
        let (python, names) = (python.clone(), names.clone());
        Contender::new(name, move || {
            let mut command = Command::new(&python);
            command.arg(programs("spatial").join(program)).arg(&names).args(more);
            command
        })
    };
    let mut contenders = vec![
        Contender::new("Armistice", move || {
            let mut command = Command::new(&armistice);
            command.arg("assess").arg(&terms).arg("--records").arg(&ours).args(["--format", "csv"]);
            command
        }),
        script("DuckDB + spatial", "duck.py", &[]),
        script("SedonaDB", "sedona.py", &[]),
        script("GeoPandas", "geo.py", &[]),
    ];
    let wanted = options.takes("postgis");
    let postgis = if wanted { loaded(&names, &folder) } else { Err("it was not asked for".into()) };
    match &postgis {
        Ok((server, _)) => {
            let query = server.psql(&programs("spatial").join("postgis.sql"));
            let arguments: Vec<_> = query.get_args().map(ToOwned::to_owned).collect();
            let program = query.get_program().to_owned();
            contenders.push(Contender::new("PostGIS, loaded before", move || {
                let mut command = Command::new(&program);
                command.args(&arguments);
                command
            }));
        }
        Err(why) => eprintln!("PostGIS is left out: {why}"),
    }
    contenders.push(script("bare scan, the question's columns", "scan.py", &["few"]));
    contenders.push(script("bare scan, a judgement's columns", "scan.py", &[]));

    contenders.retain(|one| options.takes(&one.name));
    let timed = interleaved(&contenders, &folder, options.runs)?;
    agree::between(&contenders, &timed, &folder)?;
    let duck = folder.join("spatial.duckdb.csv");
    if let Some(own) = contenders.iter().find(|one| one.name == "Armistice") {
        run(Command::new(&python).arg(programs("spatial").join("duck.py")).arg(&names).arg(&duck))?;
        agree::with_plane(&own.printed(&folder), &duck)?;
    }
    let bound = if options.wide { ", which bind for two years" } else { "" };
    table(&format!("{} records × 12 spatial provisions{bound}", options.records), &timed)?;
    if let Ok((_, seconds)) = &postgis {
        writeln!(std::io::stdout(), "\nPostGIS took {seconds:.1} s to be loaded, which is not counted.")?;
    }
    drop(postgis);
    if !options.keep {
        let made = [records, duck, folder.join("spatial.arrow")];
        made.iter().filter(|file| file.exists()).try_for_each(fs::remove_file)?;
    }
    Ok(())
}

/// Makes the records, and asks nothing of them.
///
/// # Errors
/// When they cannot be written.
pub fn draw_only(options: &Options) -> Outcome<()> {
    let made = data(&out()?, options.records, &shapes())?;
    writeln!(std::io::stdout(), "{}", made.display())?;
    Ok(())
}

fn river(shapes: &[Shape]) -> Outcome<&Shape> {
    shapes.first().ok_or_else(|| "there is no shape".into())
}

/// The records, drawn anew unless they lie there from before.
fn data(folder: &Path, count: u64, shapes: &[Shape]) -> Outcome<PathBuf> {
    let path = folder.join("spatial.parquet");
    let held = fs::File::open(&path).ok().and_then(|file| SerializedFileReader::new(file).ok());
    if held.is_none_or(|file| file.metadata().file_metadata().num_rows() != i64::try_from(count).unwrap_or(-1)) {
        eprintln!("drawing {count} records");
        let (river, cast) = (river(shapes)?, Cast::default());
        write(&path, count, &|number| draw(number, river, &cast))?;
    }
    Ok(path)
}

/// The agreement and its columns with all provisions in force for two years.
fn widened(folder: &Path) -> Outcome<PathBuf> {
    let (narrow, wide) = (programs("spatial"), folder.join("spatial-wide"));
    fs::create_dir_all(&wide)?;
    let page = fs::read_to_string(narrow.join("agreement.truce.md"))?;
    let page = page.lines().map(|line| match line.trim_start().split_once(' ') {
        Some(("from", day)) if day.starts_with("20") => "  from 2024-01-01 00:00".to_owned(),
        Some(("until", _)) => "  until 2026-01-01 00:00".to_owned(),
        _ => line.to_owned(),
    });
    fs::write(wide.join("agreement.truce.md"), page.collect::<Vec<_>>().join("\n") + "\n")?;
    let columns = fs::read_to_string(narrow.join("provisions.csv"))?;
    let columns = columns.lines().map(|line| match line.split(',').collect::<Vec<_>>().as_slice() {
        [provision, shape, act, party, against, class, begins, _, metres] if *begins != "begins" => {
            format!("{provision},{shape},{act},{party},{against},{class},1704067200,1767225600,{metres}\n")
        }
        _ => format!("{line}\n"),
    });
    fs::write(wide.join("provisions.csv"), columns.collect::<String>())?;
    for file in ["places.geojson", "assessment.truce"] {
        fs::copy(narrow.join(file), wide.join(file))?;
    }
    Ok(wide)
}

/// What stands in the peers' programs between braces.
fn filled_in(folder: &Path, records: &Path, terms: &Path, python: &Path, shapes: &[Shape]) -> Outcome<String> {
    let spatial = Command::new("find").arg(folder.join("venv")).args(["-name", "spatial.duckdb_extension"]).output()?;
    let mut names = json!({
        "records": records,
        "rows": format!(
            "{} {} {}",
            python.display(),
            programs("spatial").join("rows.py").display(),
            folder.join("spatial.json").display()
        ),
        "provisions": terms.join("provisions.csv"),
        "spatial": String::from_utf8(spatial.stdout)?.lines().next().unwrap_or("spatial"),
        "middle_latitude": MIDDLE.0,
        "middle_longitude": MIDDLE.1,
    });
    for shape in shapes {
        if let Some(all) = names.as_object_mut() {
            all.insert(shape.name.to_lowercase(), shape.text_on_plane().into());
        }
    }
    Ok(names.to_string())
}

/// PostGIS with the records in it, and how many seconds that took.
fn loaded(names: &Path, folder: &Path) -> Outcome<(Postgis, f64)> {
    let server = Postgis::start()?;
    let started = std::time::Instant::now();
    let mut load = fs::read_to_string(programs("spatial").join("postgis_load.sql"))?;
    let all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&fs::read_to_string(names)?)?;
    for (name, value) in &all {
        load = load.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default());
    }
    let file = folder.join("postgis_load.sql");
    fs::write(&file, load)?;
    run(&mut server.psql(&file))?;
    Ok((server, started.elapsed().as_secs_f64()))
}
