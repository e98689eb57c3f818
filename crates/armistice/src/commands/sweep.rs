//! `armistice sweep`: what every value of a number would have meant.

use std::io::Write;

use armistice_assess::{Axis, EvidenceError, sweep, sweep_days, sweep_grid};
use armistice_brief::{
    GateReport, GridReport, SweepReport, gate_sweep_csv, gate_sweep_json, gate_sweep_text, grid_csv, grid_json,
    grid_text, sweep_csv, sweep_json, sweep_text,
};
use armistice_syntax::{Unit, did_you_mean, parse_number};
use armistice_terms::{Checked, Clock, Lever, LeverUnit, Moves};

use super::assess::{evidence, options};
use super::load::{Loaded, load};
use super::refuse_errors;
use crate::cli::{AssessFormat, Sweep};
use crate::exit::{Failure, Outcome};
use crate::files::{self, Source};
use crate::records::Large;
use crate::{terminal, when};

pub(super) fn run(args: &Sweep) -> Result<Outcome, Failure> {
    let mut loaded = load(&args.agreement, &args.evidence, &args.known.as_known_on, Large::Whole)?;
    let levers = args.lever.iter().map(|name| named(&loaded.checked, name).cloned());
    let levers: Vec<Lever> = levers.collect::<Result<_, _>>()?;
    for (option, given) in [("--from", args.from.len()), ("--to", args.to.len()), ("--steps", args.steps.len())] {
        if given > levers.len() {
            return Err(Failure::Usage(format!("{option} is given {given} times, for {} levers", levers.len())));
        }
    }
    if let [one, other] = levers.as_slice()
        && one.span == other.span
    {
        let why = format!("{} and {} are one number of the text; sweep one of them", one.name, other.name);
        return Err(Failure::Usage(why));
    }
    let clock = loaded.checked.agreement().clock.clone();
    let ranges = levers.iter().enumerate().map(|(n, lever)| range(lever, &clock, args.from.get(n), args.to.get(n)));
    let ranges: Vec<(i64, i64)> = ranges.collect::<Result<_, _>>()?;
    loaded.checked = written(args, &levers)?;
    match (levers.as_slice(), ranges.as_slice()) {
        ([lever], [range]) => curve(args, &loaded, lever, *range),
        ([across, down], [wide, high]) => grid(args, &loaded, [(across, *wide), (down, *high)]),
        _ => Err(Failure::Usage("one lever gives a curve and two a grid; more cannot be shown".to_owned())),
    }
}

fn curve(args: &Sweep, loaded: &Loaded, lever: &Lever, range: (i64, i64)) -> Result<Outcome, Failure> {
    let checked = &loaded.checked;
    let ascii = args.ascii || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let failed = |error: EvidenceError| Failure::Errors(error.to_string());
    if let Moves::Days(gate) = lever.moves {
        let (curves, window) = sweep_days(checked, evidence(loaded), options(loaded), (gate, range)).map_err(failed)?;
        let report = GateReport { checked, lever, range, curves: &curves, window, ascii };
        return answer(match args.format {
            AssessFormat::Text => gate_sweep_text(&report),
            AssessFormat::Csv => gate_sweep_csv(&report),
            AssessFormat::Json => format!("{:#}\n", gate_sweep_json(&report)),
        });
    }
    let axis = Axis { moves: lever.moves, unit: lever.unit, range };
    let swept = sweep(checked, evidence(loaded), options(loaded), axis).map_err(failed)?;
    let report = SweepReport { checked, lever, range, swept: &swept, ascii };
    answer(match args.format {
        AssessFormat::Text => sweep_text(&report),
        AssessFormat::Csv => sweep_csv(&report),
        AssessFormat::Json => format!("{:#}\n", sweep_json(&report)),
    })
}

/// How many steps a range is divided into, if nobody says.
const STEPS: u16 = 5;

fn grid(args: &Sweep, loaded: &Loaded, levers: [(&Lever, (i64, i64)); 2]) -> Result<Outcome, Failure> {
    let [(across, wide), (down, high)] = levers;
    if levers.iter().any(|(lever, _)| matches!(lever.moves, Moves::Days(_))) {
        let why = "a gate's days are swept alone: a gate opens or does not, and nothing is counted";
        return Err(Failure::Usage(why.to_owned()));
    }
    let steps = |n: usize| i64::from(args.steps.get(n).copied().unwrap_or(STEPS));
    let values = |lever: &Lever, (from, to): (i64, i64), steps: i64| {
        let inside = lever.values.iter().filter_map(|said| said.at).filter(|at| (from..=to).contains(at));
        let each = (0..=steps).map(|step| from + (to - from) / steps * step + (to - from) % steps * step / steps);
        let mut values: Vec<i64> = each.chain(inside).collect();
        values.sort_unstable();
        values.dedup();
        values
    };
    let (xs, ys) = (values(across, wide, steps(0)), values(down, high, steps(1)));
    let axis = |lever: &Lever, range| Axis { moves: lever.moves, unit: lever.unit, range };
    let axes = [(axis(across, wide), xs.as_slice()), (axis(down, high), ys.as_slice())];
    let found = sweep_grid(&loaded.checked, evidence(loaded), options(loaded), axes)
        .map_err(|error| Failure::Errors(error.to_string()))?;
    let Some(found) = found else {
        let why = format!("{} and {} move the same point; sweep one after the other", across.name, down.name);
        return Err(Failure::Usage(why));
    };
    let report = GridReport { checked: &loaded.checked, levers: [across, down], values: [&xs, &ys], grid: &found };
    answer(match args.format {
        AssessFormat::Text => grid_text(&report),
        AssessFormat::Csv => grid_csv(&report),
        AssessFormat::Json => format!("{:#}\n", grid_json(&report)),
    })
}

fn answer(words: String) -> Result<Outcome, Failure> {
    let mut out = terminal::answers();
    out.write_all(words.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Answered)
}

/// The lever of a name, or which there are.
fn named<'c>(checked: &'c Checked, name: &str) -> Result<&'c Lever, Failure> {
    if let Some(lever) = checked.levers.iter().find(|lever| lever.name == name) {
        return Ok(lever);
    }
    let known: Vec<&str> = checked.levers.iter().map(|lever| lever.name.as_str()).collect();
    if known.is_empty() {
        let why = "the agreement has no number that can be moved: none of its provisions sets a distance, a number, a length or a deadline of its own";
        return Err(Failure::Usage(why.to_owned()));
    }
    let meant = did_you_mean(name, known.iter().copied()).map(|meant| format!("; {meant}")).unwrap_or_default();
    let known = known.join(", ");
    Err(Failure::Usage(format!("the agreement has no lever `{name}`{meant}\nits levers are: {known}")))
}

/// The agreement with a value in each lever's place, under the readings asked for.
fn written(args: &Sweep, levers: &[Lever]) -> Result<Checked, Failure> {
    let source = files::agreement(&args.agreement)?;
    // The last on the page first, so that the others stay where they are.
    let mut levers: Vec<&Lever> = levers.iter().collect();
    levers.sort_by_key(|lever| std::cmp::Reverse(lever.span.start));
    // Any value will do, and one that the text gives is sound.
    let written = |text: String, lever: &&Lever| lever.first().map_or(text.clone(), |at| lever.edited(&text, at));
    let text = levers.iter().fold(source.text.clone(), written);
    let edited = Source { text, ..source };
    let mut checked = edited.check();
    refuse_errors(&edited, &checked.diagnostics)?;
    // A source that spoke of this number alone has nothing more to say.
    let known =
        |label: &String| checked.questions.iter().flat_map(|q| &q.labels).any(|l| l.eq_ignore_ascii_case(label));
    let wanted: Vec<String> = args.evidence.readings.reading.iter().filter(|label| known(label)).cloned().collect();
    checked.narrow(&wanted).map_err(Failure::Usage)?;
    Ok(checked)
}

/// From where to where a lever is moved.
fn range(lever: &Lever, clock: &Clock, from: Option<&String>, to: Option<&String>) -> Result<(i64, i64), Failure> {
    let read = |option: &str, words: &String| {
        value(lever.unit, words, clock).map_err(|why| Failure::Usage(format!("{option}: {why}")))
    };
    let values = || lever.values.iter().filter_map(|value| value.at);
    let (least, greatest) = (values().min().unwrap_or(0), values().max().unwrap_or(0));
    let (first, last) = match lever.unit {
        LeverUnit::Moment { .. } => (least - A_WEEK, greatest + A_WEEK),
        LeverUnit::Count if lever.moves.provision().is_some() => (0, (greatest * 2).max(10)),
        LeverUnit::Length { .. } => (0, greatest * 2),
        // What lasts no time binds nobody.
        _ => (1, (greatest * 2).max(2)),
    };
    let from = from.map_or(Ok(first), |words| read("--from", words))?;
    let to = to.map_or(Ok(last), |words| read("--to", words))?;
    if from < first.min(1) && !matches!(lever.unit, LeverUnit::Moment { .. }) {
        let why = format!("--from: what lasts no time at all is no term; begin with {}", lever.written(1));
        return Err(Failure::Usage(why));
    }
    if from >= to {
        let (from, to) = (lever.written(from), lever.written(to));
        return Err(Failure::Usage(format!("from {from} to {to} is no way to go; --to must be the greater")));
    }
    Ok((from, to))
}

const A_WEEK: i64 = 7 * 86_400;

/// So many of a lever's units, from words such as `10km`, `36 hours` or
/// `2016-09-15`.
fn value(unit: LeverUnit, words: &str, clock: &Clock) -> Result<i64, String> {
    let words = words.trim();
    if let LeverUnit::Moment { .. } = unit {
        return when::moment(words, clock).map(jiff::Timestamp::as_second);
    }
    let digits = words.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(words.len());
    let (number, named) = words.split_at(digits);
    let (number, named) = (parse_number(number).filter(|number| *number >= 0.0), named.trim());
    let wanted = match unit {
        LeverUnit::Length { .. } => "write a length such as `3500 m`, `10 km` or `2 miles`",
        LeverUnit::Seconds => "the text counts it in hours or less: write `36 hours` or `90 minutes`",
        LeverUnit::Days => "the text counts it in days: write `10 days` or `2 weeks`",
        LeverUnit::Months => "the text counts it in months: write `6 months` or `1 year`",
        LeverUnit::Count | LeverUnit::Moment { .. } => "write a whole number such as `12`",
    };
    let Some(number) = number else {
        return Err(format!("`{words}` is no value of this lever; {wanted}"));
    };
    // How many of the lever's units there are in one of what is named.
    let each = match (unit, named, Unit::of(named)) {
        (LeverUnit::Count, "" | "days", _) => 1.0,
        (LeverUnit::Count, ..) => return Err(format!("`{named}` is not what is counted; {wanted}")),
        (_, "", _) if number == 0.0 => 1.0,
        (_, "", _) => return Err(format!("`{words}` does not say in what it is counted; {wanted}")),
        (LeverUnit::Length { .. }, _, Some(Unit::Length(metres))) => {
            return LeverUnit::of_metres(number * metres).ok_or_else(|| {
                format!("`{words}` is no whole number of tenths of a millimetre, or longer than any distance on Earth")
            });
        }
        (LeverUnit::Seconds, _, Some(Unit::Fixed(each)))
        | (LeverUnit::Days, _, Some(Unit::Days(each)))
        | (LeverUnit::Months, _, Some(Unit::Months(each))) => each as f64,
        _ => return Err(format!("`{named}` is no unit of this lever; {wanted}")),
    };
    let whole = number * each;
    if whole.fract() != 0.0 || whole >= 1e9 {
        return Err(format!("`{words}` cannot be counted; {wanted}"));
    }
    Ok(whole as i64)
}
