//! Records by the million, from a fixed seed, in Armistice's own columns.

use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use armistice_geodesy::{Metres, Position, Radius95};
use armistice_records::{
    Act, ArrowFileWriter, Clarity, DATASETS, Dataset, Direction, Kind, MAX_ROWS, Origin, Place, Reach, Record,
    RecordBuilder, TimePrecision, When, schema,
};
use arrow_schema::Schema;
use jiff::Timestamp;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use sha2::{Digest, Sha256};

use super::dice::Dice;
use super::ground::{SEED, Shape, place};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The first second of the two years of all that is drawn: 2024-01-01T00:00Z.
pub const FIRST: i64 = 1_704_067_200;

/// How many seconds two years have from then.
const TWO_YEARS: u64 = 731 * 86_400;

/// What records write as weapons. A class of three and another of three, and
/// two of neither.
const WEAPONS: [&str; 8] = [
    "tanks",
    "artillery",
    "mortars",
    "rocket artillery",
    "heavy machine guns",
    "drones",
    "small arms",
    "other equipment",
];

/// Who the records are of.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The parties, by the names that records write.
    pub parties: Vec<String>,
}

impl Default for Cast {
    fn default() -> Self {
        Self { parties: vec!["government forces".into(), "opposition forces".into()] }
    }
}

/// What is drawn of a record, and what the peers look at.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Whose it is.
    pub party: String,
    /// Who was acted upon.
    pub against: String,
    /// What was done.
    pub act: Act,
    /// With what.
    pub weapons: &'static str,
    /// When, in seconds since 1970.
    pub second: i64,
    /// Degrees north and east.
    pub at: (f64, f64),
    /// Metres about it that hold the true place 95 times in 100.
    pub radius: f64,
}

/// The record of a number: everything from on the first line to 60 km off it,
/// over two years, by the two parties and others, half of it placed exactly.
#[must_use]
pub fn draw(number: u64, about: &Shape, cast: &Cast) -> Drawn {
    let mut dice = Dice::of(SEED.wrapping_mul(31), number);
    let parties = cast.parties.len() as u64;
    let party = dice.below(parties) as usize;
    let name = |at: usize| cast.parties.get(at).cloned().unwrap_or_default();
    let (who, whom) = match dice.share() {
        share if share < 0.7 => (name(party), name((party + 1) % cast.parties.len().max(1))),
        share if share < 0.85 => ("militia".into(), name(party)),
        _ => ("police".into(), "militia".into()),
    };
    let act = match dice.below(3) {
        0 => Act::Attack,
        1 => Act::Presence,
        _ => Act::Movement,
    };
    let along = dice.share() * (about.vertices.len().max(2) - 1) as f64;
    let leg = |at: usize| about.vertices.get(at).copied().unwrap_or_default();
    let (from, to, part) = (leg(along as usize), leg(along as usize + 1), along.fract());
    let (turn, far) = (dice.between(0.0, std::f64::consts::TAU), dice.between(0.0, 60_000.0));
    let east = from.0 + part * (to.0 - from.0) + far * turn.cos();
    let north = from.1 + part * (to.1 - from.1) + far * turn.sin();
    let (latitude, longitude) = place(east, north);
    let radius = if dice.below(2) == 0 { 0.0 } else { dice.between(50.0, 2_000.0).round() };
    Drawn {
        party: who,
        against: whom,
        act,
        weapons: dice.one(&WEAPONS),
        second: FIRST + dice.below(TWO_YEARS) as i64,
        // As sources give them: to a millionth of a degree, about 10 cm.
        at: ((latitude * 1e6).round() / 1e6, (longitude * 1e6).round() / 1e6),
        radius,
    }
}

fn record(number: u64, drawn: Drawn) -> Outcome<Record> {
    let second = Timestamp::from_second(drawn.second)?;
    let attack = drawn.act == Act::Attack;
    let row = format!(
        "{number},{},{},{},{},{},{},{}",
        drawn.second, drawn.at.0, drawn.at.1, drawn.radius, drawn.party, drawn.against, drawn.weapons
    );
    Ok(Record {
        id: id(number),
        kind: if attack { Kind::Incident } else { Kind::Sighting },
        happened: When::Utc { from: second, until: Timestamp::from_second(drawn.second + 1)? },
        time_precision: TimePrecision::Moment,
        known: None,
        place: Place::Point {
            at: Position::new(drawn.at.0, drawn.at.1)?,
            radius: Radius95::new(Metres::new(drawn.radius))?,
        },
        place_name: None,
        admin1: None,
        country: None,
        side_a: vec![drawn.party],
        side_b: vec![drawn.against],
        direction: Direction::AOnB,
        act: drawn.act,
        weapons: vec![drawn.weapons.to_owned()],
        deaths: None,
        civilian_deaths: None,
        quantity: None,
        height: None,
        clarity: Clarity::Clear,
        sources: Some(1),
        reliability: None,
        credibility: None,
        independence_groups: vec![format!("post {}", number % 40)],
        event: None,
        message: None,
        note: None,
        origin: Origin {
            dataset: "drawn".into(),
            file: "drawn.csv".into(),
            line: u32::try_from(number + 2)?,
            sha256: Sha256::digest(row.as_bytes()).into(),
            row: None,
        },
    })
}

/// The id of the record of a number.
#[must_use]
pub fn id(number: u64) -> String {
    format!("drawn-{number}")
}

/// What the records can tell: any act, who acted and with what, each an event of
/// its own.
fn datasets() -> Vec<Dataset> {
    vec![Dataset {
        name: "drawn".into(),
        attribution: "drawn from a fixed seed".into(),
        reach: Reach {
            kinds: vec![Kind::Incident, Kind::Sighting],
            lethal_only: false,
            tells_who_acted: true,
            tells_weapons: true,
            counts_events: true,
            acts: None,
        },
        caveats: Vec::new(),
    }]
}

/// Writes so many records as Parquet, in row groups of two batches, packed with
/// Snappy; or as an Arrow file where the name ends so.
///
/// # Errors
/// Where the file cannot be written.
pub fn write(path: &Path, count: u64, draw: &dyn Fn(u64) -> Drawn) -> Outcome<()> {
    let batches = (0..count).step_by(MAX_ROWS).map(|first| {
        let mut builder = RecordBuilder::new();
        for number in first..count.min(first + MAX_ROWS as u64) {
            builder.push(&record(number, draw(number))?)?;
        }
        Ok::<_, Box<dyn Error>>(builder.finish())
    });
    let file = File::create(path)?;
    if path.extension().is_some_and(|end| end == "arrow") {
        let mut writer = ArrowFileWriter::new(file, &datasets())?;
        for batch in batches {
            writer.write(&batch?)?;
        }
        writer.finish()?;
        return Ok(());
    }
    let known = [(DATASETS.to_owned(), serde_json::to_string(&datasets())?)];
    let whole = Arc::new(Schema::new_with_metadata(schema().fields().clone(), known.clone().into()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(2 * MAX_ROWS))
        .set_key_value_metadata(Some(
            known.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect(),
        ))
        .build();
    let mut writer = ArrowWriter::try_new(file, Arc::clone(&whole), Some(properties))?;
    for batch in batches {
        writer.write(&batch?.with_schema(Arc::clone(&whole))?)?;
    }
    writer.close()?;
    Ok(())
}
