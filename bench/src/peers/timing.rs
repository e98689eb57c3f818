//! Whole processes, timed one after the other in turn.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// One of those compared: its name, and what it runs. What it prints goes into
/// a file of `bench/out`.
pub struct Contender {
    /// As the table has it.
    pub name: String,
    /// Makes the command; called once for each run.
    pub command: Box<dyn Fn() -> Command>,
}

impl Contender {
    /// A contender.
    pub fn new(name: impl Into<String>, command: impl Fn() -> Command + 'static) -> Self {
        Self { name: name.into(), command: Box::new(command) }
    }

    /// Where what it prints goes.
    #[must_use]
    pub fn printed(&self, folder: &Path) -> PathBuf {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        folder.join(self.name.chars().map(plain).collect::<String>() + ".printed")
    }

    /// Runs it once: seconds from its start until its end, and seconds of the
    /// processors that it and what it started took, which a busy machine does
    /// not lengthen as much.
    ///
    /// # Errors
    /// The last line of what it complained of, where it failed.
    pub fn run(&self, folder: &Path) -> Outcome<(f64, f64)> {
        let mut command = (self.command)();
        let output = File::create(self.printed(folder))?;
        let complaints = folder.join("complaints");
        command.stdin(Stdio::null()).stdout(output).stderr(File::create(&complaints)?);
        let (started, before) = (Instant::now(), processor());
        let status = command.status()?;
        let seconds = started.elapsed().as_secs_f64();
        if status.success() {
            return Ok((seconds, processor() - before));
        }
        let said = std::fs::read_to_string(complaints)?;
        let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
        Err(format!("{last} ({status})").into())
    }
}

/// How long one of them took.
#[derive(Clone, Debug)]
pub struct Timed {
    /// Its name.
    pub name: String,
    /// Seconds of each run, from the fastest to the slowest.
    pub seconds: Vec<f64>,
    /// Seconds of the processors of each run, likewise.
    pub processor: Vec<f64>,
}

/// Seconds of the processors that the processes which this one started and saw
/// end have taken; not a number where the system does not tell.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold spaces: the 14th and 15th are the
    // children's time in user and in system, in hundredths of a second.
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let mut fields = after.split_whitespace().skip(13).map_while(|field| field.parse::<f64>().ok());
    let (user, system) = (fields.next(), fields.next());
    user.zip(system).map_or(f64::NAN, |(user, system)| (user + system) / 100.0)
}

fn middle(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

impl Timed {
    /// The middle run.
    #[must_use]
    pub fn median(&self) -> f64 {
        middle(&self.seconds)
    }
}

/// Runs each once without counting it, so that files lie in memory, and leaves
/// out who fails; then each in turn, so many times.
///
/// # Errors
/// Where nothing can be written.
pub fn interleaved(contenders: &[Contender], folder: &Path, runs: usize) -> Outcome<Vec<Timed>> {
    let mut fit = Vec::new();
    for contender in contenders {
        match contender.run(folder) {
            Ok(_) => fit.push(contender),
            Err(why) => eprintln!("{} is left out: {why}", contender.name),
        }
    }
    let mut timed: Vec<Timed> =
        fit.iter().map(|one| Timed { name: one.name.clone(), seconds: Vec::new(), processor: Vec::new() }).collect();
    for _ in 0..runs {
        for (contender, timed) in fit.iter().zip(&mut timed) {
            let (seconds, processor) = contender.run(folder)?;
            timed.seconds.push(seconds);
            timed.processor.push(processor);
        }
    }
    for one in &mut timed {
        one.seconds.sort_by(f64::total_cmp);
        one.processor.sort_by(f64::total_cmp);
    }
    Ok(timed)
}

/// Prints medians, fastest and slowest runs and the processors' time, and each
/// as so many times that of the first. What a server did, which was running
/// before, is not in its client's time of the processors.
///
/// # Errors
/// Where nothing can be printed.
pub fn table(title: &str, timed: &[Timed]) -> Outcome<()> {
    let mut out = std::io::stdout();
    let runs = timed.first().map_or(0, |one| one.seconds.len());
    let first = timed.first().map_or(f64::NAN, Timed::median);
    let busy = timed.first().map_or(f64::NAN, |one| middle(&one.processor));
    let own = timed.first().map_or("", |one| one.name.as_str());
    writeln!(out, "\n{title}; median of {runs} interleaved runs\n")?;
    writeln!(
        out,
        "| | median | fastest to slowest | processors | × {own} | × its processors |\n|---|---|---|---|---|---|"
    )?;
    for one in timed {
        let (fastest, slowest) = (one.seconds.first().unwrap_or(&f64::NAN), one.seconds.last().unwrap_or(&f64::NAN));
        let (median, ratio) = (one.median(), one.median() / first);
        let (processor, share) = (middle(&one.processor), middle(&one.processor) / busy);
        writeln!(
            out,
            "| {} | {median:.3} s | {fastest:.3} to {slowest:.3} s | {processor:.2} s | {ratio:.2} | {share:.2} |",
            one.name
        )?;
    }
    Ok(())
}
